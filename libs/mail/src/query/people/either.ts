// Words after which the ending, or what was said before, tells whether somebody wrote a mail or got it.
import type { Awaited, Course, Rule } from '../grammar/rule';
import { words } from '../lexicon/words';
import { isClearDative, isCyrillic, isDative, isGenitive, isInstrumental } from './endings';
import { isCapital, isContent, isNameable } from './names';
import { peopleAt, saidAt } from './parts';

/** надіслані Петром, надіслані Марії */
export const sentBySomebody: Rule = (course, at) => {
  const { tokens } = course;
  const sent = words.sentParticiple(tokens, at);
  const place = sent && (words.me(tokens, sent.next)?.next ?? sent.next);
  if (place === null || !isNameable(tokens, place)) return null;
  return peopleAt(isInstrumental(saidAt(tokens, place)) ? 'from' : 'to', tokens, at, place);
};

/** листи Олени, листи Степанові, мої листи Олені */
export const lettersOf: Rule = (course, at) => {
  const { tokens } = course;
  const letters = words.mails(tokens, at);
  if (!letters || course.mode !== 'free' || !isNameable(tokens, letters.next)) return null;
  const said = saidAt(tokens, letters.next);
  if (!isCyrillic(said)) return null;
  const isMine = at > 0 && words.mine(tokens, at - 1) !== null;
  if (isMine ? isDative(said) : isClearDative(said) && !isCapital(tokens, letters.next))
    return peopleAt('to', tokens, letters.next, letters.next);
  if (!isGenitive(said)) return null;
  return peopleAt('from', tokens, letters.next, letters.next);
};

/** The name that words before it announced: at once, or with a "to" after other words. */
export const awaited: Rule = (course, at) => {
  const { tokens, awaits, mode, isAfterWord } = course;
  if (!awaits || awaits.field === 'subject' || mode === 'subject') return null;
  const to = awaits.field === 'to' ? words.to(tokens, at) : null;
  if (to) return words.me(tokens, at) ? null : peopleAt('to', tokens, at, to.next);
  return mode === 'free' && !isAfterWord && fits(course, awaits, at) ? peopleAt(awaits.field, tokens, at, at) : null;
};

/** Whether a word can be the name: by its capital, by its ending, or by what comes after it. */
function fits({ tokens }: Course, { field, first, next }: Awaited, at: number): boolean {
  if (tokens[at]?.kind === 'phrase' || !isNameable(tokens, at)) return false;
  if (field === 'from' || isCapital(tokens, at)) return true;
  const said = saidAt(tokens, at);
  if (isCyrillic(said)) return first < next ? isDative(said) : isClearDative(said);
  const isGivenSomething = words.article(tokens, at + 1) !== null || words.wroteTo(tokens, next - 1) !== null;
  return at === next && first < next && (isGivenSomething || !isContent(tokens, at + 1));
}
