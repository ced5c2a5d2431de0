// English queries of the kind that people say, from which a speech recogniser can learn which words to expect after which.
// They are made from patterns: a slot in braces is filled from its list, each list entry as often as the others, so that a
// few thousand sentences have every word in some surroundings.
import {
  addresses,
  addressPatterns,
  datePatterns,
  peoplePatterns,
  plainPatterns,
  topicPatterns,
} from './spoken-patterns';
import {
  attachments,
  cardinals,
  categories,
  kinds,
  mails,
  months,
  ordinals,
  qualities,
  requests,
  seasons,
  topics,
  units,
  weekdays,
  years,
} from './spoken-vocabulary';

/** Names that are taken; the first ones. */
const MAX_NAMES = 400;
/** Sentences with names, at most; a few for each name at least. */
const NAMED = 2_400;
const FEWEST_FOR_NAME = 6;
/** Words of a name or an address that are said. */
const MAX_WORDS = 12;
/** How often each topic is spoken of, and each pattern of dates used. */
const FOR_TOPIC = 2;
const FOR_DATE = 16;

/**
 * Sentences of the kind that people say when they search their mail, in English, without punctuation and with numbers in
 * words. The same names give the same sentences.
 *
 * @param names of people and addresses, the most likely ones first, in any alphabet; at most 400 are taken
 * @returns about 5,000 sentences
 */
export function spokenQueries(names: readonly string[]): string[] {
  const taken = names.map(speakable).filter((name) => name !== '');
  const people = [...new Set(taken.filter((name) => !name.includes(' at ')))].slice(0, MAX_NAMES);
  const spelled = [...new Set(taken.filter((name) => name.includes(' at ')))].slice(0, MAX_NAMES);
  const fill = filler({
    request: requests,
    mails,
    quality: qualities,
    category: categories,
    attachment: attachments,
    topic: topics,
    kind: kinds,
    date: datePatterns,
    weekday: weekdays,
    month: months,
    ordinal: ordinals,
    number: cardinals,
    year: years,
    unit: units,
    season: seasons,
    period: ['week', 'month', 'year', 'weekend', 'week', 'month', 'quarter'],
    name: people.flatMap(waysToSay),
    address: [...spelled, ...addresses],
  });
  const forName = Math.max(FEWEST_FOR_NAME, Math.floor(NAMED / Math.max(1, people.length)));
  return [
    ...fill(peoplePatterns, people.length > 0 ? forName * people.length : 0),
    ...fill(topicPatterns, FOR_TOPIC * topics.length),
    ...fill(plainPatterns, FOR_DATE * datePatterns.length),
    ...fill(addressPatterns, Math.max(2 * addresses.length, 2 * spelled.length)),
  ];
}

/** A name in letters, or an address as it is spelled; the part in brackets of «Ivan (sales)» is not said. */
function speakable(name: string): string {
  const said = name.replace(/\([^)]*\)/g, ' ').trim();
  const address = /^[^\s@]+@[^\s@]+$/.test(said) ? said.replace('@', ' at ').replaceAll('.', ' dot ') : said;
  const words = address.match(/[\p{L}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*/gu) ?? [];
  return words.slice(0, MAX_WORDS).join(' ');
}

/** Somebody is called by the first name, by the last or by both. */
function waysToSay(name: string): string[] {
  const words = name.split(' ');
  return words.length === 1 ? [name] : [name, words[0] ?? name, name, words.at(-1) ?? name, words[0] ?? name];
}

/** Fills patterns. Each list is a pack of cards that is drawn to its end and then shuffled again; a card may have slots itself. */
function filler(lists: Readonly<Record<string, readonly string[]>>) {
  const random = repeatableRandom();
  const packs = new Map<string, string[]>();
  const draw = (slot: string): string => {
    const left = packs.get(slot) ?? [];
    packs.set(slot, left);
    if (left.length === 0) left.push(...shuffled(lists[slot] ?? [], random));
    return fillIn(left.pop() ?? '');
  };
  const fillIn = (pattern: string): string => pattern.replace(/\{(\w+)\}/g, (_, slot: string) => draw(slot));
  return (patterns: readonly string[], count: number): string[] =>
    Array.from({ length: count }, (_, at) => fillIn(patterns[at % patterns.length] ?? ''));
}

function shuffled(list: readonly string[], random: () => number): string[] {
  const cards = [...list];
  for (let last = cards.length - 1; last > 0; last--) {
    const at = Math.floor(random() * (last + 1));
    [cards[last], cards[at]] = [cards[at] ?? '', cards[last] ?? ''];
  }
  return cards;
}

/** The same numbers between 0 and 1 each time: a linear congruential generator with the constants of Numerical Recipes. */
function repeatableRandom(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
