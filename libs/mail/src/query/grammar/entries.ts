// The entries of a query: words as said, of bounded length.
import { MAX_ENTRY } from '../mail-query';
import type { Tokens } from './patterns';
import { trimPunctuation } from './tokens';

/** A text as an entry; empty if it has neither letters nor digits. Half a character at its end goes with the punctuation. */
export const entryOf = (text: string): string => trimPunctuation(trimPunctuation(text).slice(0, MAX_ENTRY));

/** The words of some tokens, with one space between them and without a possessive at their end. */
export function saidBy(tokens: Tokens, first: number, next: number): string {
  const words = tokens.slice(first, next).flatMap((token) => ('said' in token ? [token.said] : []));
  const last = tokens[next - 1];
  const said = words.join(' ');
  return entryOf(last?.kind === 'word' && last.owner !== null ? said.slice(0, -2) : said);
}
