// The entries of a query: words as said, of bounded length.
import { MAX_ENTRY } from '../mail-query';
import type { Tokens } from './patterns';
import { trimPunctuation } from './tokens';

const HALF_A_CHARACTER = /[\ud800-\udbff]$/;

/** A text as an entry; empty if it has neither letters nor digits. */
export const entryOf = (text: string): string =>
  trimPunctuation(trimPunctuation(text).slice(0, MAX_ENTRY).replace(HALF_A_CHARACTER, ''));

/** The words of some tokens, with one space between them and without a possessive at their end. */
export function saidBy(tokens: Tokens, first: number, next: number): string {
  const words = tokens.slice(first, next).flatMap((token) => ('said' in token ? [token.said] : []));
  const last = tokens[next - 1];
  const said = words.join(' ');
  return entryOf(last?.kind === 'word' && last.owner !== null ? said.slice(0, -2) : said);
}
