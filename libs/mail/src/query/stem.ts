// Brings the forms of a word together, in mails and in what is looked for: рахунок and рахунків, книга and книзі, invoice and
// invoices. A stem is no word; that two words have the same one is all that it says.
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';
import { AFTER, BEFORE, ENGLISH_FORMS, UKRAINIAN_FORMS, WHOLE, type Rewrite } from './stem-tables';

const ENGLISH = /^[a-z]{3,}$/;
const UKRAINIAN = /^\p{Script=Cyrillic}{3,}$/u;
/** Letters of a word that count: no word is longer, and a stemmer's time grows with them. */
const MAX_WORD = 64;
/** Less than this says nothing of the word that it is left of. */
const MIN_STEM = 2;

/**
 * The stem of a word; its first 64 letters as they are where it has digits, letters of two alphabets, is of no alphabet that has a
 * stemmer here, or of less than three letters.
 *
 * @param word folded by `foldText`, without spaces.
 */
export function stemWord(word: string): string {
  if (ENGLISH.test(word)) return englishStem(word.slice(0, MAX_WORD));
  if (UKRAINIAN.test(word)) return ukrainianStem(word.slice(0, MAX_WORD));
  return word.length > MAX_WORD ? firstLetters(word) : word;
}

function englishStem(word: string): string {
  return ENGLISH_FORMS.get(word) ?? english(word);
}

function ukrainianStem(word: string): string {
  const form = UKRAINIAN_FORMS.get(word);
  if (form !== undefined) return form;
  const ready = BEFORE.reduce(rewrite, word);
  return WHOLE.exec(ready)?.[1] ?? AFTER.reduce(rewrite, withoutEnding(ready));
}

function withoutEnding(word: string): string {
  const stem = ukrainian(word);
  return stem.length < MIN_STEM ? word : stem;
}

const rewrite = (text: string, [end, put]: Rewrite): string => text.replace(end, put);

/** The letters of a word that count, by code points: half a letter would be none. */
export const firstLetters = (word: string): string =>
  Array.from(word.slice(0, 2 * MAX_WORD))
    .slice(0, MAX_WORD)
    .join('');
