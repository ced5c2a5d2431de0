// Cuts a text into what the grammar reads: words, quoted phrases, typed operators, and the marks between them.
import { foldText } from '../fold';

interface Place {
  /** Where it begins and ends in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** A word without the punctuation around it. */
export interface Word extends Place {
  readonly kind: 'word';
  readonly said: string;
  readonly folded: string;
  /** A word that ends in 's, without it and folded: Ivan's. */
  readonly owner: string | null;
}
/** The words within quotes. */
export interface Phrase extends Place {
  readonly kind: 'phrase';
  readonly said: string;
}
/** `from:Ivan`, `subject:"holiday plans"`: the key in lower case, the value without quotes. */
export interface Operator extends Place {
  readonly kind: 'operator';
  readonly key: string;
  readonly value: string;
}
/** A word, phrase or operator behind a minus sign. */
export interface Negated extends Place {
  readonly kind: 'negated';
}
export interface Mark extends Place {
  readonly kind: 'comma' | 'dash';
}
export type Token = Word | Phrase | Operator | Negated | Mark;

const IN_QUOTES = String.raw`[^"“”„«»‹›\p{Cs}]{1,300}`;
const IN_SINGLE_QUOTES = String.raw`[^'‘’"“”„«»‹›\p{Cs}]{1,300}`;
/**
 * Quotation marks stand at the words that they quote; only « and » may have spaces and other marks within. A mark behind a
 * colon begins a value. An apostrophe opens a phrase only before a word, and ends one only after a word: the boss' mail is none.
 */
const QUOTED = [
  String.raw`"(?!\s)${IN_QUOTES}(?<![\s:])"`,
  String.raw`[“”„](?!\s)${IN_QUOTES}(?<![\s:])[“”"]`,
  String.raw`«[^«»\p{Cs}]{1,300}»`,
  String.raw`‹[^‹›\p{Cs}]{1,300}›`,
  String.raw`(?<![\p{L}\p{N}\p{M}])['‘‚](?!\s)${IN_SINGLE_QUOTES}(?<!\s)['’](?![\p{L}\p{N}])`,
].join('|');
const BARE = String.raw`[^\s"“”„«»‹›\p{Cc}\p{Cs}]`;
const WORD = String.raw`[\p{L}\p{N}\p{M}](?:(?![,;!?…]|://)${BARE})*`;
const MARKS = String.raw`(?<comma>[,;!?…]+)|(?<dash>(?<![^\s])[-–—]+(?=\s))`;

const tokenPattern = (keys: readonly string[]): RegExp => {
  const value = String.raw`(?<value>${QUOTED}|(?:(?![,;](?:\s|$))${BARE})+|"")`;
  const operator = String.raw`(?<![\p{L}\p{N}])(?<key>${keys.join('|')}):${value}`;
  const negated = String.raw`(?<negated>(?<![^\s(])-(?:${QUOTED}|[\p{L}\p{N}](?:${BARE}|(?<=:)(?:${QUOTED}))*))`;
  const alternatives = [negated, `(?<phrase>${QUOTED})`, `(?<word>${WORD})`, MARKS];
  return new RegExp([...(keys.length > 0 ? [operator] : []), ...alternatives].join('|'), 'giu');
};

/** Punctuation around a word. */
const BEFORE_WORD = /^[^\p{L}\p{N}]+/u;
const AFTER_WORD = /[^\p{L}\p{N}\p{M}]+$/u;
const POSSESSIVE = /['’ʼ‘`´]s$/iu;

/** Text without the punctuation around it, and with one space between its words. */
export const trimPunctuation = (text: string): string => spaced(text.replace(BEFORE_WORD, '').replace(AFTER_WORD, ''));

const spaced = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/**
 * Makes the function that cuts texts into tokens, in their order. What looks like an operator is one if its key is among
 * these. Whatever has no letter or digit is no token, except for the marks that matter.
 */
export function tokenizer(keys: readonly string[]): (text: string) => Token[] {
  const pattern = tokenPattern(keys);
  return (text) => {
    const tokens: Token[] = [];
    for (const match of text.matchAll(pattern)) {
      const token = tokenOf(match);
      if (token) tokens.push(token);
    }
    return tokens;
  };
}

function tokenOf(match: RegExpMatchArray): Token | null {
  const start = match.index ?? 0;
  const place = { start, end: start + match[0].length };
  const { negated, key, value = '', phrase, word, comma } = match.groups ?? {};
  if (negated !== undefined) return { kind: 'negated', ...place };
  if (key !== undefined)
    return { kind: 'operator', key: key.toLowerCase(), value: spaced(withoutMarks(unquoted(value))), ...place };
  if (phrase !== undefined) {
    const said = trimPunctuation(withoutMarks(phrase));
    return said === '' ? null : { kind: 'phrase', said, ...place };
  }
  if (word === undefined) return { kind: comma === undefined ? 'dash' : 'comma', ...place };
  const said = word.replace(AFTER_WORD, '');
  const folded = foldText(said);
  if (folded === '') return null;
  const owner = POSSESSIVE.test(said) ? foldText(said.replace(POSSESSIVE, '')) : null;
  return { kind: 'word', said, folded, owner, start, end: start + said.length };
}

/** Quotes within quotes mean nothing of their own. */
const withoutMarks = (quoted: string): string => quoted.replace(/["“”„«»‹›]/g, ' ');

const unquoted = (value: string): string => (/^["“”„«‹'‘‚]/.test(value) ? value.slice(1, -1) : value);
