// What the rules about people share: how names become parts of a query.
import type { Tokens } from '../grammar/patterns';
import { complete, type Part, type Reading } from '../grammar/rule';
import { words } from '../lexicon/words';
import { namesAt, type Name } from './names';

type Field = 'from' | 'to';

/** A word as said; empty where there is none. */
export const saidAt = (tokens: Tokens, at: number): string => {
  const token = tokens[at];
  return token?.kind === 'word' ? token.said : '';
};

/** Parts of names, of which the first has the words before it from `first` on. */
export const asParts = (field: Field, names: readonly Name[], first: number): Part[] =>
  names.map((name, index) => ({
    first: index === 0 ? first : name.first,
    next: name.next,
    meaning: { field, entry: name.entry },
  }));

/** The place after the last of the names. */
export const endOf = (names: readonly Name[]): number => names.at(-1)?.next ?? 0;

/** A reading of the names at a place, with the words before them from `first` on; null if there are none. */
export const peopleAt = (field: Field, tokens: Tokens, first: number, at: number): Reading | null => {
  const names = namesAt(tokens, at);
  return names.length > 0 ? complete(endOf(names), asParts(field, names, first)) : null;
};

/** Whether a word like "emails" is just before. */
export const isAfterMails = (tokens: Tokens, at: number): boolean => at > 0 && words.mails(tokens, at - 1)?.next === at;
