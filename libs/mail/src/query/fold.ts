// Folds text to the form in which it is indexed and searched, so that words meet whatever way they were typed.

/** Between letters these are one sign, and «п’ять», «пʼять» and «п'ять» one word; it is left out. */
const APOSTROPHE = /[’ʼʻ‘`´′＇ʹ]/g;
const APOSTROPHE_IN_WORD = /(?<=[\p{L}\p{M}])'+(?=\p{L})/gu;
const LATIN_MARKS = /(\p{Script=Latin})\p{M}+/gu;
/** The stress marks of dictionaries. й and ї are letters of their own: their marks stay. */
const STRESS = /(\p{Script=Cyrillic})[\u0300\u0301]+/gu;
const NO_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
const NO_ASCII_WORD = /[^a-z0-9]+/g;
const ASCII_APOSTROPHE = /(?<=[a-z])['`]+(?=[a-z])/g;
const ASCII = /^[\x00-\x7f]*$/;

/** Latin letters that Unicode does not take apart into a plain one and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ς: 'σ',
}; // prettier-ignore
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/**
 * Words in lower case, one space between them: no punctuation, no diacritics on Latin letters, no apostrophes within
 * words. Cyrillic letters keep their identity (й is not и, ї is not і). Folding twice changes nothing.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(ASCII_APOSTROPHE, '').replace(NO_ASCII_WORD, ' ').trim();
  return (
    text
      .toWellFormed()
      .replace(APOSTROPHE, "'")
      .normalize('NFKC')
      // Some are hidden in others (ŉ, and the Greek sign for numbers); as many would come apart above, and not be known any more.
      .replace(APOSTROPHE, "'")
      .toLowerCase()
      .replace(APOSTROPHE_IN_WORD, '')
      .normalize('NFD')
      .replace(LATIN_MARKS, '$1')
      .replace(STRESS, '$1')
      .normalize('NFC')
      .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter)
      .replace(NO_WORD, ' ')
      .trim()
  );
}
