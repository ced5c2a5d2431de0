// Reads a raw mail. Real mail is broken in every way, and some of it is made to break its reader, so this never throws
// and never takes more than a bounded time and memory: it returns what could be read, and says in `problems` what could
// not.
import type { Attachment as MimePart, Email, PostalMimeOptions } from 'postal-mime';
import { condense } from './condense';
import { parseDate } from './date';
import { addressesOf, decodedField, headerFields, identifierOf, identifiersOf } from './header';
import { readHtml } from './html';
import { parseMime } from './mime-parser';
import type { Attachment, HtmlTraits, ParsedMail } from './parsed-mail';
import { splitHeader, withoutMboxLine } from './raw-mail';
import { cleanLine, cleanText, snippetOf } from './text';

/** UTF-16 units of text that are kept. */
const MAX_TEXT = 256 * 1024;
const MAX_SUBJECT = 1_000;
const MAX_FILENAME = 255;
const MAX_ATTACHMENTS = 100;
const MAX_HEADER_BYTES = 512 * 1024;
const MAX_DEPTH = 64;
/** Mails forwarded as an attachment: their words belong to the text, down to this depth. */
const MAX_FORWARDED_DEPTH = 3;
const MAX_FORWARDED = 20;
/** A header without any of these is none. */
const EXPECTED_FIELDS = new Set(['from', 'to', 'subject', 'date', 'message-id', 'received', 'return-path']);
/**
 * A text with more unreadable characters than this share is damaged, or in a character set that is not the one it
 * names.
 */
const MAX_UNREADABLE = 0.05;
/** Below this many characters a plain text that mentions HTML only says that it is in the other part. */
const STUB_LENGTH = 300;

interface Body {
  readonly text: string;
  readonly source: ParsedMail['textSource'];
  readonly html: HtmlTraits | null;
}

/** Reads one mail, with LF or CRLF line ends, also when a line of an mbox file precedes it. */
export async function parseMail(raw: Uint8Array): Promise<ParsedMail> {
  const problems: string[] = [];
  const mail = withoutMboxLine(raw);
  const email = await readMime(mail, problems);
  const body = await readBody(email, mail, problems, 0);
  const text = cleanText(body.text, MAX_TEXT);
  if (!email.headers.some(({ key }) => EXPECTED_FIELDS.has(key))) {
    problems.push('It has no header, so it may not be a mail at all.');
  }
  if (isUnreadable(text)) problems.push('Many characters of its text are damaged or in an unknown character set.');
  return {
    messageId: identifierOf(email, 'message-id'),
    inReplyTo: identifierOf(email, 'in-reply-to'),
    references: identifiersOf(email, 'references'),
    subject: decodedField(email, 'subject', MAX_SUBJECT),
    from: addressesOf(email, 'from')[0] ?? null,
    to: addressesOf(email, 'to'),
    cc: addressesOf(email, 'cc'),
    replyTo: addressesOf(email, 'reply-to'),
    date: readDate(email, problems),
    text,
    textSource: body.source,
    textTruncated: email.textCut || body.text.length > MAX_TEXT,
    snippet: snippetOf(text),
    html: body.html,
    attachments: email.attachments.slice(0, MAX_ATTACHMENTS).map((part) => describe(part, email.sizes)),
    headers: headerFields(email),
    size: raw.length,
    problems: problems.map((problem) => cleanLine(problem, 300)),
  };
}

async function readMime(mail: Uint8Array, problems: string[]): Promise<MimeMail> {
  const { bytes, problem, ...condensed } = condense(mail);
  if (problem) problems.push(problem);
  try {
    return { ...(await parseMime(bytes, parserOptions)), ...condensed };
  } catch (error) {
    problems.push(`Its parts could not be told apart (${error instanceof Error ? error.message : 'unknown error'}).`);
    return await parseMime(splitHeader(bytes, MAX_HEADER_BYTES / 2).header, parserOptions).then(
      (email) => ({ ...email, ...condensed }),
      () => NOTHING,
    );
  }
}

/** What the MIME parser makes of a mail, and the sizes of the attachments it was not shown in full. */
interface MimeMail extends Email {
  readonly sizes: ReadonlyMap<string, number>;
  readonly textCut: boolean;
}

const NOTHING: MimeMail = { headers: [], headerLines: [], attachments: [], sizes: new Map(), textCut: false };

const parserOptions: PostalMimeOptions = {
  maxNestingDepth: MAX_DEPTH,
  maxHeadersSize: MAX_HEADER_BYTES,
  // Forwarded mails are read below, within bounds of their own.
  forceRfc822Attachments: true,
};

async function readBody(email: Email, mail: Uint8Array, problems: string[], depth: number): Promise<Body> {
  const html = email.html === undefined ? null : readHtml(email.html);
  const plain = email.text ?? '';
  const isStub = html !== null && plain.length < STUB_LENGTH && (plain.trim() === '' || /\bhtml\b/i.test(plain));
  const own: Body =
    html && isStub
      ? { text: html.text, source: 'html', html: html.traits }
      : { text: plain, source: plain.trim() === '' ? 'none' : 'plain', html: html?.traits ?? null };
  if (own.source === 'none' && email.attachments.length === 0) return readRaw(own, mail, problems);
  const forwarded = await readForwarded(email, depth);
  return forwarded === '' ? own : { ...own, text: `${own.text}\n\n${forwarded}` };
}

// A mail that says it has parts, and none can be found: better the source than nothing.
function readRaw(own: Body, mail: Uint8Array, problems: string[]): Body {
  const { body } = splitHeader(mail, MAX_HEADER_BYTES);
  const text = new TextDecoder().decode(body.subarray(0, MAX_TEXT));
  if (text.trim() === '' || own.html) return own;
  if (problems.length === 0)
    problems.push('Its text could not be found where its header says it is; what is shown is the source.');
  return { text, source: 'raw', html: null };
}

async function readForwarded(email: Email, depth: number): Promise<string> {
  const isReport = email.attachments.some(({ mimeType }) =>
    /^message\/(?:delivery-status|feedback-report)$/.test(mimeType),
  );
  if (isReport || depth >= MAX_FORWARDED_DEPTH) return '';
  const texts: string[] = [];
  const forwarded = email.attachments.filter(
    ({ mimeType, disposition }) => mimeType === 'message/rfc822' && disposition !== 'attachment',
  );
  for (const part of forwarded.slice(0, MAX_FORWARDED)) {
    const inner = bytesOf(part);
    const ignored: string[] = []; // problems of an enclosed mail do not make this one unreadable
    const innerEmail = await readMime(inner, ignored);
    const { text } = await readBody(innerEmail, inner, ignored, depth + 1);
    texts.push(`${decodedField(innerEmail, 'subject', MAX_SUBJECT)}\n\n${text.slice(0, MAX_TEXT)}`);
  }
  return texts.join('\n\n');
}

function bytesOf({ content }: MimePart): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

const describe = (part: MimePart, sizes: MimeMail['sizes']): Attachment => ({
  filename: part.filename === null ? null : cleanLine(part.filename, MAX_FILENAME),
  mimeType: cleanLine(part.mimeType, 100),
  size: sizes.get(part.description ?? '') ?? bytesOf(part).length,
});

function readDate(email: Email, problems: string[]): string | null {
  const field = decodedField(email, 'date', 200);
  const date = parseDate(field);
  if (field !== '' && date === null) problems.push(`Its date is not one: "${field}".`);
  return date;
}

const isUnreadable = (text: string): boolean => {
  const sample = text.slice(0, 20_000);
  return sample.split('\ufffd').length - 1 > Math.max(5, sample.length * MAX_UNREADABLE);
};
