// The words of all languages together, as slots for the patterns of the grammar.
import { expand, phraseSlot, type Slot } from '../grammar/patterns';
import type { Word } from '../grammar/tokens';
import { english } from './english';
import type { Lexicon, WordClass } from './lexicon';
import { ukrainian } from './ukrainian';

export const languages: readonly Lexicon[] = [english, ukrainian];

/** A slot for each class of words. */
export const words = Object.fromEntries(
  (Object.keys(english.classes) as WordClass[]).map((name) => [
    name,
    phraseSlot(languages.map(({ classes }) => [classes[name], true] as const)),
  ]),
) as Readonly<Record<WordClass, Slot<true>>>;

/** A slot for words that stand for something, by how the languages list them. */
export const valueSlot = <T>(list: (language: Lexicon) => readonly (readonly [phrases: string, value: T])[]): Slot<T> =>
  phraseSlot(languages.flatMap(list));

/** Numbers the phrases of a list, from a first number on. */
export const numbered = (list: readonly string[], first: number): (readonly [phrases: string, value: number])[] =>
  list.map((phrases, index) => [phrases, first + index] as const);

/** These may be part of a name in any case, and those if they have a capital: Nova Poshta, Booking. */
const nameParts: ReadonlySet<WordClass> = new Set([
  'organisation',
  'particle',
  'title',
  'partOfDay',
  'end',
  'beginning',
  'ago',
]);
const namePartsWithCapital: ReadonlySet<WordClass> = new Set(['filler', 'topic']);

const singleWords = (lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap(expand).flatMap((phrase) => (phrase.length === 1 ? phrase : [])));

const listsOf = (isIncluded: (name: WordClass) => boolean): string[] =>
  languages.flatMap(({ classes }) =>
    (Object.keys(classes) as WordClass[]).flatMap((name) => (isIncluded(name) ? [classes[name]] : [])),
  );
const categoryWords = languages.flatMap(({ categoryNouns, categoryAdjectives }) => [
  ...Object.values(categoryNouns),
  ...Object.values(categoryAdjectives),
]);

/** Single words that do something in a query, and so name nobody. */
const known = singleWords([...listsOf((name) => !nameParts.has(name)), ...categoryWords]);
const knownWithCapital = singleWords([
  ...listsOf((name) => !nameParts.has(name) && !namePartsWithCapital.has(name)),
  ...categoryWords,
]);

/** Whether a word does something in a query, so that it is neither a name nor looked for in the mails. */
export const isKnown = ({ folded }: Pick<Word, 'folded'>): boolean => known.has(folded);

/** The same for a word with a capital, which may be a name although it is one of the words that say nothing. */
export const isKnownWithCapital = ({ folded }: Word): boolean => knownWithCapital.has(folded);
