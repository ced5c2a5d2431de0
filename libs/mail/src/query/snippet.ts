// The part of a text that a search has hit, for a list of mails.

/** A piece of text, and where in it the hits are: begin and end, in UTF-16 units. */
export interface Snippet {
  text: string;
  hits: [number, number][];
}

/** Characters of a snippet, at most, and of them before its first hit. */
export const MAX_SNIPPET = 200;
const BEFORE = 60;
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’ʼ`][\p{L}\p{M}]+)*/gu;
const SPACES = /\s+/gu;
/** Of a letter outside of the basic plane, where a piece was cut. */
const HALF_LETTER = /^[\udc00-\udfff]|[\ud800-\udbff]$/g;

/**
 * The piece of a text around its first hit; its beginning when there is none.
 *
 * @param isHit asked of words as they are written; null when nothing is to be hit.
 */
export function snippetOf(text: string, isHit: ((word: string) => boolean) | null): Snippet {
  const line = text.replace(SPACES, ' ').trim();
  const first = isHit && firstHit(line, isHit);
  const start = first === null ? 0 : wordStart(line, Math.max(0, first - BEFORE));
  const isLonger = start + MAX_SNIPPET < line.length;
  const piece = cutAtWord(line.slice(start, start + MAX_SNIPPET), isLonger).replace(HALF_LETTER, '');
  const [before, after] = [start > 0 ? '…' : '', isLonger ? '…' : ''];
  const hits: [number, number][] = [];
  for (const { 0: word, index } of piece.matchAll(WORD))
    if (isHit?.(word)) hits.push([before.length + index, before.length + index + word.length]);
  return { text: `${before}${piece}${after}`, hits };
}

function firstHit(line: string, isHit: (word: string) => boolean): number | null {
  for (const { 0: word, index } of line.matchAll(WORD)) if (isHit(word)) return index;
  return null;
}

/** The beginning of the word at a place, so that none is shown by half. */
function wordStart(line: string, at: number): number {
  const space = line.lastIndexOf(' ', at);
  return at - space > BEFORE ? at : space + 1;
}

function cutAtWord(piece: string, isCut: boolean): string {
  if (!isCut) return piece;
  const space = piece.lastIndexOf(' ');
  return space > MAX_SNIPPET / 2 ? piece.slice(0, space) : piece;
}
