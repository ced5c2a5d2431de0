// Reads a name as somebody says it, in any case of Ukrainian or Russian, into the keys of all whom it may mean.
import { baseForms } from './base-forms';
import { nameWord, soundsLike, wordsOfName } from './known-person';
import { isGivenName, type Likeness, sameNames } from './same-names';
import { asKey, consonantsOf, soundKeys } from './sound-keys';

/** One word of a said name. */
export interface SaidWord {
  /** Its own keys, in every nominative that it may have. */
  readonly own: ReadonlySet<string>;
  /** Those of the same names: of Олександр for Саша. */
  readonly like: ReadonlyMap<string, Likeness>;
  readonly isInitial: boolean;
  /** Whether a name is found without it: patronymics are said more often than they are written in mails. */
  readonly mayBeMissing: boolean;
}

export interface SaidName {
  readonly words: readonly SaidWord[];
  /** The words written as one, in either order: ivanpetrenko, petrenkoivan, novaposhta. Of one word, its own keys; of an initial none. */
  readonly joined: ReadonlySet<string>;
  /** One of two words written with the initial of the other: ipetrenko, petrenkoi. */
  readonly abbreviated: ReadonlySet<string>;
}

/** What to look up for one said word. */
export interface Lookup {
  /** Whole keys. */
  readonly keys: readonly string[];
  /** Beginnings of keys. */
  readonly beginnings: readonly string[];
  /** Whether nobody is meant whom it does not lead to, unless the name was misheard. */
  readonly isNeeded: boolean;
}

const MAX_SAID = 200;
const MAX_SAID_WORDS = 5;
const MAX_JOINED = 60;
const POSSESSIVE = /(?<=[a-z])['’]s(?![a-z])/gi;
const PATRONYMIC = /(?:[oe]vich|[oei]vna|ilich|inichna)$/;
/** Words in their dictionary form that no case can have. */
const NOMINATIVE_ENDING = /[^аеєиіїуюяы]$/;
/** A beginning is only looked up for words this long: a short one is shared by too many. */
const SHORTEST_FOR_BEGINNING = 7;
const BEGINNING = 4;

/** Reads at most 200 characters and five words. Any text is a name; one without letters has no words. */
export function readSaidName(said: string): SaidName {
  const words = wordsOfName(said.slice(0, MAX_SAID).replace(POSSESSIVE, '')).slice(0, MAX_SAID_WORDS).map(readSaidWord);
  const optional = (word: SaidWord) => words.length > 1 && word.mayBeMissing;
  const needed = words.filter((word) => !optional(word));
  return {
    words: words.map((word) => ({ ...word, mayBeMissing: optional(word) })),
    joined: joinedWays(needed),
    abbreviated: abbreviatedWays(needed),
  };
}

function readSaidWord(word: string): SaidWord {
  const { keys, isInitial } = nameWord(word);
  const isDictionaryForm = NOMINATIVE_ENDING.test(word) && keys.some(isGivenName);
  const own = new Set(isDictionaryForm ? keys : baseForms(word).flatMap(soundKeys));
  const like = new Map<string, Likeness>();
  for (const key of own) {
    for (const [other, likeness] of sameNames(key)) {
      if (!own.has(other) && like.get(other) !== 'spelling') like.set(other, likeness);
    }
  }
  return { own, like, isInitial, mayBeMissing: isInitial || [...own].some((key) => PATRONYMIC.test(key)) };
}

function joinedWays(words: readonly SaidWord[]): ReadonlySet<string> {
  const [first, second] = words;
  if (!first || words.length > 3) return new Set();
  if (!second) return first.isInitial ? new Set() : first.own;
  if (words.length === 3) return new Set(joinAll(words.map(({ own }) => [...own].slice(0, 1))));
  const ways = [...joinAll([first.own, second.own]), ...joinAll([second.own, first.own])];
  return new Set(ways.flatMap((key) => [key, ...sameNames(key).keys()]));
}

function abbreviatedWays([first, second, third]: readonly SaidWord[]): ReadonlySet<string> {
  if (!first || !second || third) return new Set();
  return new Set(
    [[first, second] as const, [second, first] as const].flatMap(([one, other]) => [
      ...joinAll([initialsOf(one), other.own]),
      ...joinAll([other.own, initialsOf(one)]),
    ]),
  );
}

/** Every way to write one of each set of keys behind one another, at most 60. */
function joinAll(parts: readonly Iterable<string>[]): string[] {
  const joined = parts.reduce<string[]>(
    (beginnings, ends) => beginnings.flatMap((beginning) => [...ends].map((end) => beginning + end)),
    [''],
  );
  return joined.map(asKey).slice(0, MAX_JOINED);
}

const initialsOf = ({ own, like }: SaidWord): ReadonlySet<string> =>
  new Set([...own, ...like.keys()].map((key) => String.fromCodePoint(key.codePointAt(0) ?? 0)));

/** What finds those whom a name means by index: one lookup for each word that has keys. */
export const exactLookups = ({ words, joined, abbreviated }: SaidName): Lookup[] =>
  words
    .map(({ own, like, mayBeMissing }) => ({
      keys: telling([...own, ...like.keys(), ...(mayBeMissing ? [] : [...joined, ...abbreviated])]),
      beginnings: [],
      isNeeded: !mayBeMissing,
    }))
    .filter(({ keys }) => keys.length > 0);

/** The same for those whom it may mean if it was misheard. */
export const nearLookups = ({ words }: SaidName): Lookup[] =>
  words
    .map(({ own, like, mayBeMissing }) => ({
      keys: telling([...own, ...like.keys(), ...[...own].map(consonantsOf).map(soundsLike)]),
      beginnings: unique(
        [...own]
          .filter((key) => key.length >= SHORTEST_FOR_BEGINNING)
          .map((key) => key.slice(0, BEGINNING).toWellFormed()),
      ),
      isNeeded: !mayBeMissing,
    }))
    .filter(({ keys }) => keys.length > 0);

const unique = (keys: readonly string[]): string[] => [...new Set(keys)];

/** Keys of one letter are anybody's, and kept for nobody. */
const telling = (keys: readonly string[]): string[] => unique(keys).filter((key) => key.length > 1);
