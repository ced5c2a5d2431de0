import { createReadStream } from 'node:fs';
import { guessPronunciations } from './letter-to-sound';

/** "read(2) R EH D": a word's second pronunciation. */
const ENTRY = /^(\S+?)(?:\(\d+\))? (.+)$/;

/**
 * The pronunciations of words, each as phones with a space in between.
 *
 * @param words as `spokenWords` gives them
 * @param file a dictionary in the format of CMU's
 * @param guessed words that get guessed pronunciations too although the dictionary has them: names that many say in another way
 * @returns a word that cannot be pronounced is missing
 */
export async function lookUpPronunciations(
  words: ReadonlySet<string>,
  file: string,
  guessed: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  const add = (word: string, pronunciation: string) => {
    const known = found.get(word);
    if (known) known.add(pronunciation);
    else found.set(word, new Set([pronunciation]));
  };
  for await (const line of linesOf(file)) {
    const [, word = '', pronunciation = ''] = ENTRY.exec(line) ?? [];
    if (words.has(word)) add(word, pronunciation.trim());
  }
  for (const word of words) {
    if (found.has(word) && !guessed.has(word)) continue;
    for (const phones of guessPronunciations(word)) add(word, phones.join(' '));
  }
  return found;
}

/** @returns the text of a dictionary file for pocketsphinx */
export function dictionaryText(pronunciations: ReadonlyMap<string, ReadonlySet<string>>): string {
  const lines = [...pronunciations].flatMap(([word, ways]) =>
    [...ways].map((way, at) => `${word}${at === 0 ? '' : `(${at + 1})`} ${way}`),
  );
  return `${lines.join('\n')}\n`;
}

/** By pieces, so that nobody waits for three megabytes to be read. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
