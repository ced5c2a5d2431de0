// Which names are one name: Catherine and Катерина in two languages, Катя and Катерина among friends, гітхаб and GitHub.
import { soundKeys } from './sound-keys';
import { foldText } from '../query/fold';
import { englishNames, slavicNames } from './words/given-names';
import { organisations } from './words/organisations';

/** `spelling`: the same name in another language. `nickname`: one of the two is what friends say. */
export type Likeness = 'spelling' | 'nickname';

interface NameLine {
  readonly names: ReadonlySet<string>;
  readonly nicknames: ReadonlySet<string>;
}

const keysOf = (text: string): ReadonlySet<string> =>
  new Set(text.split(/\s+/).flatMap((word) => soundKeys(foldText(word))));

function readLines(text: string): NameLine[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [names = '', nicknames = ''] = line.split(':');
      return { names: keysOf(names), nicknames: keysOf(nicknames) };
    });
}

function indexByKey(lines: readonly NameLine[]): ReadonlyMap<string, readonly NameLine[]> {
  const index = new Map<string, NameLine[]>();
  for (const line of lines) {
    for (const key of new Set([...line.names, ...line.nicknames])) index.set(key, [...(index.get(key) ?? []), line]);
  }
  return index;
}

const givenNames = indexByKey(readLines(slavicNames + englishNames));
const organisationNames = indexByKey(readLines(organisations));

/** Whether a key is that of a given name or nickname in the table. Most names, and all surnames, are not. */
export const isGivenName = (key: string): boolean => givenNames.has(key);

/** The keys of all other names that a key's name also goes by, with how they are the same. Empty for most words. */
export function sameNames(key: string): ReadonlyMap<string, Likeness> {
  const same = new Map<string, Likeness>();
  for (const { names, nicknames } of [...(givenNames.get(key) ?? []), ...(organisationNames.get(key) ?? [])]) {
    const isName = names.has(key);
    for (const other of nicknames) if (!same.has(other)) same.set(other, 'nickname');
    for (const other of names) if (isName || !same.has(other)) same.set(other, isName ? 'spelling' : 'nickname');
  }
  same.delete(key);
  return same;
}
