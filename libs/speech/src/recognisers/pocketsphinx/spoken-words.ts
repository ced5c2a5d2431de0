import { transliterate } from './transliterate';

/** Latin letters that Unicode does not take apart into a plain one and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i',
}; // prettier-ignore
const MARKS = /(?<=\p{Script=Latin})\p{M}+/gu;
const WORD = /[a-z]+(?:'[a-z]+)*/g;
/** No word of any language, and nothing that a dictionary has to pronounce. */
const MAX_WORD = 30;

/**
 * The words of a text as the English dictionary spells them: a to z and apostrophes, in lower case. Cyrillic is
 * transliterated; what is in no letters (digits, signs, other scripts) is left out.
 */
export function spokenWords(text: string): string[] {
  const latin = transliterate(text.toWellFormed().normalize('NFC').toLowerCase().replace(/[’ʼ]/g, "'"))
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[^\x00-\x7f]/g, (letter) => LETTERS[letter] ?? ' ');
  return (latin.match(WORD) ?? []).filter((word) => word.length <= MAX_WORD);
}
