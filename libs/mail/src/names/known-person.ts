// Reads the names and the address of somebody known into words that a said name is compared with, and into the keys under
// which a database finds them.
import { freeMailboxes } from '../classify/words/hosts';
import { asKey, consonantsOf, nameWords, soundKeys } from './sound-keys';

/** Somebody whom mails are from or to. */
export interface KnownPerson {
  /** In lower case. */
  readonly address: string;
  /** All the names that come with it in mails. */
  readonly names: readonly string[];
}

/** The keys of one word; a word of one letter is an initial. */
export interface NameWord {
  readonly keys: readonly string[];
  readonly isInitial: boolean;
}

/** What a person is known by. */
export interface PersonWords {
  /** One list for each name. */
  readonly names: readonly (readonly NameWord[])[];
  /** Of the address before the @: ivan.petrenko is ivan and petrenko. */
  readonly local: readonly NameWord[];
  /** ipetrenko without its first letter, which may be an initial; null when there is more than one word. */
  readonly withoutInitial: NameWord | null;
  /** The domain's own word: amazon of auto.amazon.co.uk; null for those that give mailboxes to everybody. */
  readonly organisation: NameWord | null;
}

/**
 * An address with as many names as this is nobody's own: a tracker or a list that writes in the name of many. None of its names
 * tells whose it is.
 */
export const SHARED_NAMES = 10;

const MAX_WORDS = 8;
const MAX_LOCAL_WORDS = 4;
/** Letters of a surname behind an initial. */
const SHORTEST_SURNAME = 5;
const MAX_DOMAINS = 3;

/** Says what kind of person follows, and nothing of who it is. */
const TITLES = new Set(
  'mr mrs ms miss dr prof sir herr frau pan pani пан пана пану паном пане пані містер місіс доктор'.split(' '),
);

/** The words of a name without titles; all of them when there are only titles. */
export function wordsOfName(name: string): string[] {
  const words = nameWords(name, MAX_WORDS);
  const telling = words.filter((word) => !TITLES.has(word));
  return telling.length > 0 ? telling : words;
}

/** @param word folded. */
export const nameWord = (word: string): NameWord => ({
  keys: soundKeys(word),
  isInitial: Array.from(word).length === 1,
});

/** Whether there is no word but initials: such a name is anybody's. */
export const isOfInitials = (words: readonly NameWord[]): boolean => words.every(({ isInitial }) => isInitial);

/** Words as one, as in `novaposhta`. */
export const joinedKey = (words: readonly NameWord[]): string => asKey(words.map(({ keys }) => keys[0] ?? '').join(''));

/** Reads a person; of each name at most 8 words. */
export function readPerson({ address, names }: KnownPerson): PersonWords {
  const [local = '', domain = ''] = address.split('@');
  // What is behind a + tells mails apart, and numbers tell namesakes apart.
  const localWords = nameWords((local.split('+')[0] ?? '').replace(/\d+/g, ' '), MAX_LOCAL_WORDS);
  const letters = Array.from(localWords[0] ?? '');
  const organisation = organisationOf(domain);
  return {
    names: names.length < SHARED_NAMES ? names.map((name) => wordsOfName(name).map(nameWord)) : [],
    local: localWords.map(nameWord),
    withoutInitial:
      localWords.length === 1 && letters.length > SHORTEST_SURNAME ? nameWord(letters.slice(1).join('')) : null,
    organisation: organisation === null ? null : nameWord(organisation),
  };
}

/** Second levels under which domains are given out, as in amazon.co.uk and rozetka.com.ua. */
const SECOND_LEVELS = new Set('co com net org gov edu ac in kiev kyiv lviv'.split(' '));

function organisationOf(domain: string): string | null {
  if (Object.hasOwn(freeMailboxes, domain)) return null;
  const labels = domain.split('.').slice(0, -1);
  const own = SECOND_LEVELS.has(labels.at(-1) ?? '') ? labels.at(-2) : labels.at(-1);
  const [word] = nameWords((own ?? '').replaceAll('-', ''), 1);
  return word ?? null;
}

/** The key for the consonants of a word, see `consonantsOf`. No word of a name has such a first letter; `~` alone is no key. */
export const soundsLike = (consonants: string): string => asKey(`~${consonants}`);

/** The key of a domain; of a long one only the beginning. */
export const atDomain = (domain: string): string => asKey(`@${domain}`);

/**
 * The keys under which a person is found, each once, at most some 80 for a name: every word by its sound and by its
 * consonants, names and addresses written as one word, and the domain with those above it.
 */
export function personKeys(person: KnownPerson): string[] {
  const { names, local, withoutInitial, organisation } = readPerson(person);
  const written = [...names, local];
  const words = [
    ...written.flat(),
    ...(withoutInitial ? [withoutInitial] : []),
    ...(organisation ? [organisation] : []),
  ];
  const keys = words.filter(({ isInitial }) => !isInitial).flatMap((word) => word.keys);
  const labels = (person.address.split('@')[1] ?? '').split('.');
  const domains = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
  return [
    ...new Set([
      ...keys,
      ...written.filter((name) => name.length > 1 && !isOfInitials(name)).map(joinedKey),
      ...keys.map(consonantsOf).map(soundsLike),
      ...domains.slice(-MAX_DOMAINS).map(atDomain),
    ]),
  ].filter((key) => key.length > 1);
}
