// Makes strings safe to store and bounded: valid Unicode, no control characters but tab and line feed.

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/g;
const LINE_END = /\r\n?/g;
const SPACE = /\s+/g;
/** Characters without width, which senders put behind a preview to keep the rest of the mail out of it. */
const INVISIBLE = /[\u00ad\u034f\u200b-\u200f\u2060-\u2064]/g;
const SNIPPET_LENGTH = 200;
/** Quoted lines, rules and signatures say nothing about what a mail is about. */
const UNTELLING_LINE = /^[-=_*~#+.\s]*$|^\s*[>|]/;

/** Cuts a string to `limit` UTF-16 units without leaving half a character. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

/** Text of several lines, at most `limit` UTF-16 units. */
export function cleanText(text: string, limit: number): string {
  return cut(
    cut(text, limit * 2)
      .toWellFormed()
      .replace(LINE_END, '\n')
      .replace(CONTROL, ''),
    limit,
  );
}

/** Text in one line, at most `limit` UTF-16 units. */
export function cleanLine(text: string, limit: number): string {
  return cut(
    cut(text, limit * 2)
      .toWellFormed()
      .replace(CONTROL, '')
      .replace(SPACE, ' ')
      .trim(),
    limit,
  );
}

/** The first telling words of a text in one line of about 200 characters. */
export function snippetOf(text: string): string {
  const lines = cut(text, 4_000).split('\n');
  const telling = lines.filter((line) => !UNTELLING_LINE.test(line));
  const line = (telling.length > 0 ? telling : lines).join(' ').replace(INVISIBLE, '').replace(SPACE, ' ').trim();
  return line.length <= SNIPPET_LENGTH ? line : `${cut(line, SNIPPET_LENGTH - 1).trimEnd()}…`;
}
