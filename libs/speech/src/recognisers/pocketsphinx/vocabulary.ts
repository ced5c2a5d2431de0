// What pocketsphinx is given to listen for: a dictionary of just the words that may occur, and which of them to expect after
// which. Also how its words are written again: it knows small letters only.
import type { Hints } from '../../speech';
import { dictionaryText, lookUpPronunciations } from './dictionary';
import { arpaModel, type Phrase } from './language-model';
import { spokenWords } from './spoken-words';

const WRITTEN_WORD = /[\p{L}\p{M}'’ʼ]+/gu;

export interface Vocabulary {
  /** The text of the dictionary file. */
  readonly dictionary: string;
  /** The text of the ARPA file. */
  readonly languageModel: string;
  /** Words as sentences and names have them, by the words of the dictionary: `ivan` is "Ivan". */
  readonly spelling: ReadonlyMap<string, string>;
}

/** @param dictionaryFile CMU's dictionary; words that it lacks are pronounced by rules */
export async function buildVocabulary(
  hints: Pick<Hints, 'sentences' | 'names'>,
  dictionaryFile: string,
): Promise<Vocabulary> {
  const phrases: Phrase[] = [
    ...hints.sentences.map((sentence) => ({ words: spokenWords(sentence), whole: true })),
    ...hints.names.map((name) => ({ words: spokenWords(name), whole: false })),
  ].filter(({ words }) => words.length > 0);
  const ofNames = new Set(hints.names.flatMap(spokenWords));
  const words = new Set(phrases.flatMap((phrase) => phrase.words));
  const pronunciations = await lookUpPronunciations(words, dictionaryFile, ofNames);
  return {
    dictionary: dictionaryText(pronunciations),
    languageModel: arpaModel(phrases),
    spelling: usualSpelling([...hints.sentences, ...hints.names]),
  };
}

/** Words as pocketsphinx gives them, in their usual spelling. */
export const spell = (words: string, { spelling }: Vocabulary): string =>
  words
    .split(/\s+/)
    .map((word) => spelling.get(word) ?? word)
    .join(' ');

/** The spelling that each word has most often, so that a name is written as a name. */
function usualSpelling(texts: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const written of texts.flatMap((text) => text.match(WRITTEN_WORD) ?? [])) {
    const [word, ...rest] = spokenWords(written);
    if (word === undefined || rest.length > 0) continue;
    const ofWord = counts.get(word) ?? new Map<string, number>();
    counts.set(word, ofWord);
    const spelling = inLatin(written, word);
    ofWord.set(spelling, (ofWord.get(spelling) ?? 0) + 1);
  }
  const mostOften = (ofWord: ReadonlyMap<string, number>): string =>
    [...ofWord].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['', 0])[0];
  return new Map([...counts].map(([word, ofWord]) => [word, mostOften(ofWord)]));
}

/** «Іван» is "Ivan": what was said was English. */
function inLatin(written: string, word: string): string {
  if (written.toLowerCase() === word) return written;
  return /^\p{Lu}/u.test(written) ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word;
}
