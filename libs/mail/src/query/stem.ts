import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';

export function stemWord(word: string): string {
  if (/^[a-z]{3,}$/.test(word)) return english(word) || word;
  return /^\p{Script=Cyrillic}{3,}$/u.test(word) ? ukrainian(word) || word : word;
}
