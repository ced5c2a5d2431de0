// Says how well somebody known answers to a said name.
import { distance } from 'fastest-levenshtein';
import { joinedKey, type KnownPerson, type NameWord, type PersonWords, readPerson } from './known-person';
import { isGivenName } from './same-names';
import type { SaidName, SaidWord } from './said-name';
import { consonantsOf } from './sound-keys';

/**
 * How somebody answers to a name, the surest first. `name`: by a name or the address before the @, with every word that was said.
 * `organisation`: by the domain. `near`: by a name that sounds alike. `part`: by some of the words.
 */
export const answers = ['name', 'organisation', 'near', 'part'] as const;
export type Answer = (typeof answers)[number];

export interface PersonMatch {
  readonly answer: Answer;
  /** More than 0, at most 1; comparable between people for the same said name. */
  readonly score: number;
}

/**
 * The steps of the score. A name that was said whole is worth 1, every one of several said words in a longer name 0.9, one word of
 * a longer name 0.8, and the same in the address before the @ a tenth less. A word counts in full in any case, alphabet and
 * spelling, and less as below; the words' mean is taken. What only answers by its domain, by a name that sounds alike, or by
 * some of the words comes after all of these.
 */
const steps = { whole: 1, words: 0.9, word: 0.8, local: 0.9, organisation: 0.5, near: 0.4, part: 0.3 };
const wordSteps = { own: 1, spelling: 0.97, nickname: 0.7, initial: 0.7 };

/**
 * How well a person answers to a said name; null when not at all.
 *
 * @param said see `readSaidName`.
 */
export function matchPerson(said: SaidName, person: KnownPerson): PersonMatch | null {
  if (said.words.length === 0) return null;
  const words = readPerson(person);
  const found = [
    ...words.names.map((name) => matchWords(said, name, 1)),
    matchWords(said, words.local, steps.local),
    matchAbbreviated(said, words),
    matchOrganisation(said, words),
  ];
  return found.reduce((best, match) => (match && (!best || isSurer(match, best)) ? match : best), null);
}

/** Whether one match comes before another one. */
export const isSurer = (one: PersonMatch, other: PersonMatch): boolean =>
  one.answer === other.answer ? one.score > other.score : answers.indexOf(one.answer) < answers.indexOf(other.answer);

function matchWords(said: SaidName, name: readonly NameWord[], worth: number): PersonMatch | null {
  if (name.length === 0) return null;
  if (said.joined.has(joinedKey(name)) || (name.length === 1 && name[0]?.keys.some((key) => said.joined.has(key)))) {
    return { answer: 'name', score: steps.whole * worth };
  }
  const free = new Set(name);
  const sure = new Map<SaidWord, number>();
  for (const { word, saidWord, value } of pairs(said.words, name)) {
    if (sure.has(saidWord) || !free.has(word)) continue;
    sure.set(saidWord, value);
    free.delete(word);
  }
  // An initial by itself is anybody's.
  if (![...sure.keys()].some((word) => !word.isInitial) && sure.size > 0 && name.every(({ isInitial }) => isInitial))
    return null;
  const missing = said.words.filter((word) => !sure.has(word) && !word.mayBeMissing);
  const near = missing.map((word) => nearest(word, free));
  const heard = [...sure.values(), ...near].filter((value) => value > 0);
  if (heard.length === 0) return null;
  const mean = heard.reduce((sum, value) => sum + value, 0) / heard.length;
  if (missing.length === 0) {
    const isWhole = [...free].every(({ isInitial }) => isInitial);
    const step = isWhole ? steps.whole : sure.size > 1 ? steps.words : steps.word;
    return { answer: 'name', score: step * mean * worth };
  }
  if (near.every((value) => value > 0)) return { answer: 'near', score: steps.near * mean * worth };
  const share = sure.size / said.words.length;
  return sure.size === 0 ? null : { answer: 'part', score: steps.part * share * mean * worth };
}

/** Said words with the words of a name that they answer to, the surest first. */
function pairs(said: readonly SaidWord[], name: readonly NameWord[]) {
  return said
    .flatMap((saidWord) => name.map((word) => ({ saidWord, word, value: valueOf(saidWord, word) })))
    .filter(({ value }) => value > 0)
    .sort((one, other) => other.value - one.value);
}

function valueOf(said: SaidWord, { keys, isInitial }: NameWord): number {
  const values = keys.map((key) => {
    if (said.own.has(key)) return wordSteps.own;
    const likeness = said.like.get(key);
    return likeness ? wordSteps[likeness] : 0;
  });
  const best = Math.max(0, ...values);
  if (best > 0 || said.isInitial === isInitial) return best;
  const begins = isInitial
    ? [...said.own, ...said.like.keys()].some((key) => keys.some((initial) => key.startsWith(initial)))
    : keys.some((key) => [...said.own].some((initial) => key.startsWith(initial)));
  return begins ? wordSteps.initial : 0;
}

/** 0 to 1: how near the nearest of some words is to a said one, which it is then taken out for. */
function nearest(said: SaidWord, free: Set<NameWord>): number {
  let found: { word: NameWord; nearness: number } | null = null;
  for (const word of free) {
    for (const key of word.keys) {
      for (const own of said.own) {
        const nearness = nearnessOf(own, key);
        if (nearness > (found?.nearness ?? 0)) found = { word, nearness };
      }
    }
  }
  if (!found) return 0;
  free.delete(found.word);
  return found.nearness;
}

const VOWEL_END = /[aeiou]$/;

/**
 * How near two keys are, 0 when one is not a mishearing of the other. One letter may differ in words of four letters or more,
 * two from eight on, if the consonants sound alike or the beginning is the same. Two given names are two people, and so are two
 * words of which one ends in a vowel: Олександр and Олександра.
 */
function nearnessOf(one: string, other: string): number {
  const length = Math.max(one.length, other.length);
  const allowed = length < 4 ? 0 : length < 8 ? 1 : 2;
  if (Math.abs(one.length - other.length) > allowed || VOWEL_END.test(one) !== VOWEL_END.test(other)) return 0;
  if (isGivenName(one) && isGivenName(other)) return 0;
  const sound = consonantsOf(one);
  const isAlike =
    (sound !== '' && sound === consonantsOf(other)) || (length >= 7 && one.slice(0, 4) === other.slice(0, 4));
  if (!isAlike) return 0;
  const apart = distance(one, other);
  return apart > allowed ? 0 : 1 - apart / length;
}

/** ipetrenko@ for Іван Петренко, and for Петренко. */
function matchAbbreviated(said: SaidName, { local, withoutInitial }: PersonWords): PersonMatch | null {
  const [word] = said.words;
  const isSaid =
    said.words.length === 1
      ? withoutInitial?.keys.some((key) => word?.own.has(key))
      : local.length > 0 && said.abbreviated.has(joinedKey(local));
  const step = said.words.length === 1 ? steps.word : steps.words;
  return isSaid ? { answer: 'name', score: step * steps.local * wordSteps.initial } : null;
}

function matchOrganisation(said: SaidName, { organisation }: PersonWords): PersonMatch | null {
  if (!organisation) return null;
  const [word] = said.words;
  const isSaid = organisation.keys.some(
    (key) => said.joined.has(key) || (said.words.length === 1 && word?.like.has(key)),
  );
  return isSaid ? { answer: 'organisation', score: steps.organisation } : null;
}
