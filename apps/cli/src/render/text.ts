import stringWidth from 'string-width';

const spaces = /[\s\u2028\u2029]+/gu;
/** Control characters can rewrite a terminal, and marks of writing direction can make text read as another: mail has both. */
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from outside as one line that does nothing to a terminal but appear on it. */
export const printable = (text: string): string =>
  text.toWellFormed().replace(spaces, ' ').replace(unprintable, '\ufffd').trim();

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts text so that it takes no more than so many columns of a terminal; what was cut ends in `…`. */
export function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of characters.segment(text)) {
    width += stringWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Fills text up with spaces to so many columns of a terminal. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const fill = ' '.repeat(Math.max(0, columns - stringWidth(text)));
  return align === 'left' ? text + fill : fill + text;
}

const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** A moment (ISO 8601) on the user's own clock: `2002-08-22 18:26:25`; `-` when there is none. */
export const moment = (iso: string | null): string => (iso === null ? '-' : clock.format(new Date(iso)));

/** `1 mail`, `2 mails`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** JSON for a terminal or a program: what JSON leaves raw and terminals do not is escaped. */
export const json = (document: unknown): string =>
  JSON.stringify(document, null, 2).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
