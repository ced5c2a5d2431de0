// Says how well somebody known answers to a said name.
import { isOfInitials, joinedKey, type KnownPerson, type NameWord, type PersonWords, readPerson } from './known-person';
import { nearness } from './near-miss';
import { isGivenName } from './same-names';
import type { SaidName, SaidWord } from './said-name';

/**
 * How somebody answers to a name, the surest first. `name`: by a name or the address before the @, with every word that was
 * said. `organisation`: by the domain. `near`: by a name that sounds alike. `part`: by some of the words.
 */
export const answers = ['name', 'organisation', 'near', 'part'] as const;
export type Answer = (typeof answers)[number];

export interface PersonMatch {
  readonly answer: Answer;
  /** More than 0, at most 1; comparable between people for the same said name. */
  readonly score: number;
}

/**
 * The steps of the score. A name that was said whole is worth 1, every one of several said words in a longer name 0.9, one
 * word of a longer name 0.8, and the same in the address before the @ a tenth less. A word counts in full in any case,
 * alphabet and spelling, and less as below; the words' mean is taken. Who only answers by their domain, by a name that sounds
 * alike, or by some of the words comes after all of these (see `answers`).
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
  if (isOfInitials(name)) return null;
  const [first] = name;
  const isOneWord =
    said.joined.has(joinedKey(name)) || (name.length === 1 && first?.keys.some((key) => said.joined.has(key)));
  if (isOneWord) return { answer: 'name', score: steps.whole * worth };

  const free = new Set(name);
  const sure = surePairs(said.words, free);
  const missing = said.words.filter((word) => !sure.has(word) && !word.mayBeMissing);
  const near = missing.map((word) => nearest(word, free)).filter((value) => value > 0);
  // Initials alone are anybody's.
  if (near.length === 0 && [...sure.values()].every(({ isInitial }) => isInitial)) return null;

  const values = [...[...sure.values()].map(({ value }) => value), ...near];
  const mean = (values.reduce((sum, value) => sum + value, 0) / values.length) * worth;
  if (missing.length === 0) {
    const isWhole = [...free].every(({ isInitial }) => isInitial);
    return { answer: 'name', score: mean * (isWhole ? steps.whole : sure.size > 1 ? steps.words : steps.word) };
  }
  if (near.length === missing.length) return { answer: 'near', score: mean * steps.near };
  return { answer: 'part', score: mean * steps.part * (values.length / said.words.length) };
}

/** Said words that a word of a name surely answers to, the surest first; those words are taken out of `free`. */
function surePairs(said: readonly SaidWord[], free: Set<NameWord>) {
  const sure = new Map<SaidWord, { value: number; isInitial: boolean }>();
  const pairs = said
    .flatMap((saidWord) => [...free].map((word) => ({ saidWord, word, value: valueOf(saidWord, word) })))
    .filter(({ value }) => value > 0)
    .sort((one, other) => other.value - one.value);
  for (const { saidWord, word, value } of pairs) {
    if (sure.has(saidWord) || !free.has(word)) continue;
    sure.set(saidWord, { value, isInitial: saidWord.isInitial || word.isInitial });
    free.delete(word);
  }
  return sure;
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

/** How near the nearest of some words is to a said one, which it is then taken out for; 0 when none is. */
function nearest(said: SaidWord, free: Set<NameWord>): number {
  // A form of a given name was heard as that name, and in none of the other forms that its ending allows.
  const given = [...said.own].filter(isGivenName);
  const heard = given.length > 0 ? given : [...said.own];
  const found = [...free]
    .flatMap((word) => word.keys.flatMap((key) => heard.map((own) => ({ word, value: nearness(own, key) }))))
    .reduce<{ word: NameWord | null; value: number }>((best, one) => (one.value > best.value ? one : best), {
      word: null,
      value: 0,
    });
  if (found.word) free.delete(found.word);
  return found.value;
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
