// not from Ivan, that I haven't answered, крім спаму: a query says what is to be found, not what is not.
import { words } from '../lexicon/words';
import { advance, complete, type Course, type Part, type Reading, type Rule } from '../grammar/rule';

export const NO_NEGATION = 'What is not to be found cannot be said. Leave it out, or say what is to be found.';

/** Reads what is at a place by some rules. */
type ReadAt = (course: Course, at: number) => Reading;

/** A negation takes with it what is read next: one thing, or all the words that "about" or "subject" announces. Typed operators have a minus. */
export const negation =
  (readAt: ReadAt): Rule =>
  (course, at) => {
    const { tokens, mode } = course;
    const not = mode === 'free' ? words.not(tokens, at) : null;
    if (!not) return null;
    const article = words.about(tokens, not.next) ? null : words.article(tokens, not.next);
    const place = article?.next ?? not.next;
    if (place >= tokens.length) return null;
    if (tokens[place]?.kind === 'operator') return complete(not.next, [refused(at, not.next)]);
    const wrote = words.wrote(tokens, place);
    if (wrote) return complete(wrote.next, [refused(at, wrote.next)]);
    const first = readAt(course, place);
    const isAnnouncement = first.parts.length === 0 && (first.mode ?? 'free') !== 'free';
    if (first.parts.length === 0 && !isAnnouncement) return null;
    const next = isAnnouncement ? endOfWords(readAt, advance(course, first), first.next) : first.next;
    return complete(next, [refused(at, next)]);
  };

const refused = (first: number, next: number): Part => ({
  first,
  next,
  meaning: { field: null, reason: NO_NEGATION },
});

function endOfWords(readAt: ReadAt, course: Course, at: number): number {
  if (at >= course.tokens.length || course.mode === 'free') return at;
  const reading = readAt(course, at);
  const isOther = reading.parts.some(({ meaning }) => meaning.field !== 'text' && meaning.field !== 'subject');
  return isOther ? at : endOfWords(readAt, advance(course, reading), reading.next);
}
