// Words without a sign of their own, what announces them, and what says nothing.
import { words } from '../lexicon/words';
import { anAddress } from '../people/addresses';
import { entryOf } from '../grammar/entries';
import { isContent } from '../people/names';
import { pattern } from '../grammar/patterns';
import { silent, type Part, type Reading, type Rule } from '../grammar/rule';

const NO_SUBJECT = 'What the subject says is missing. Say it after it: "with subject holiday".';

/** with subject holiday plans: the words after it are of the subject. */
const subject: Rule = (course, at) => {
  const { tokens, isAfterWord, parts, run } = course;
  const inside = isAfterWord && parts.at(-1)?.meaning.field === 'text' ? insideSubject(tokens, at) : null;
  if (inside && !isContent(tokens, inside.next)) return turnIntoSubject(parts, run, inside.next);
  const found = withSubject(tokens, at);
  if (!found) return null;
  return {
    ...silent(found.next, { mode: 'subject', isAfterWord: false, startsRun: true }),
    awaits: { field: 'subject', first: at, next: found.next, reason: NO_SUBJECT },
  };
};
const insideSubject = pattern('{inside} [{article}] {subject}', words);
const withSubject = pattern('[{with}] [{article}] {subject}', words);

/** with "offer" in the subject: the words before it are of the subject. */
function turnIntoSubject(parts: readonly Part[], run: number, next: number): Reading {
  const turned = parts.slice(run).map((part, index, all): Part => {
    const { meaning } = part;
    const place = index === all.length - 1 ? { first: part.first, next } : part;
    return meaning.field === 'text' ? { ...part, ...place, meaning: { field: 'subject', entry: meaning.entry } } : part;
  });
  return {
    next,
    parts: turned,
    replaces: turned.length,
    mode: 'free',
    awaits: null,
    isAfterWord: false,
    startsRun: true,
  };
}

/** about the budget; within a subject, "containing" and the like introduce what it says. */
const about: Rule = ({ tokens, mode }, at) => {
  const found = mode === 'subject' ? words.aboutOnly(tokens, at) : words.about(tokens, at);
  return found && silent(found.next, { mode: 'about', awaits: null, isAfterWord: false, startsRun: true });
};

/** After a comma other words begin, unless it is within a subject. */
const punctuation: Rule = ({ tokens, mode }, at) => {
  if (tokens[at]?.kind === 'dash') return silent(at + 1);
  if (tokens[at]?.kind !== 'comma') return null;
  return mode === 'subject' ? silent(at + 1) : silent(at + 1, { mode: 'free', isAfterWord: false });
};

const courtesy: Rule = ({ tokens, mode }, at) => {
  const found = mode === 'subject' ? null : words.polite(tokens, at);
  return found && silent(found.next);
};

/** find all my emails */
const filler: Rule = ({ tokens, mode, isAfterWord }, at) => {
  if (mode !== 'free') return null;
  const mails = words.mails(tokens, at);
  if (mails) return silent(mails.next, { isAfterWord: false });
  const wrote = words.wrote(tokens, at) ?? words.sentParticiple(tokens, at);
  if (wrote) return silent(wrote.next);
  const found = isAfterWord ? null : words.filler(tokens, at);
  return found && silent(found.next);
};

/** the, of, my, was */
const functionWord: Rule = ({ tokens }, at) => {
  const found = words.function(tokens, at);
  return found && silent(found.next, words.with(tokens, at) ? { startsRun: true } : {});
};

/** Everything else is looked for in the mails. */
const free: Rule = ({ tokens, mode, awaits }, at) => {
  const token = tokens[at];
  if (token?.kind !== 'word' && token?.kind !== 'phrase') return null;
  const address = mode === 'subject' ? null : anAddress(tokens, at);
  const entry = address?.value ?? entryOf(token.said);
  const next = address?.next ?? at + 1;
  if (entry === '') return silent(next);
  const first = awaits?.field === 'subject' ? awaits.first : at;
  return {
    next,
    parts: [{ first, next, meaning: { field: mode === 'subject' ? 'subject' : 'text', entry } }],
    awaits: null,
    isAfterWord: true,
    ...(mode === 'subject' && token.kind === 'phrase' && { mode: 'free' }),
  };
};

export const announcements: readonly Rule[] = [subject, about];
export const wordRules: readonly Rule[] = [punctuation, courtesy, filler, functionWord, free];
