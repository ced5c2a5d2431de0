// Bounds what the MIME parser is given. It decodes everything and keeps an object for every line and every part, so a
// mail of nothing but line ends would take gigabytes, and one with a film attached decodes the film to learn its size.
// A large mail is therefore condensed first: of every section (what follows a line that begins with two dashes, which
// is what a boundary looks like) the header stays, and of its body as much as text is kept of. The size of an
// attachment is noted in a header field of its section.
//
//     --b                                     --b
//     Content-Type: video/mp4                 Content-Description: condensed-0
//     Content-Transfer-Encoding: base64  ==>  Content-Type: video/mp4
//                                             Content-Transfer-Encoding: base64
//     (80,000 lines)
//                                             (a few lines)

/** Mails up to this size are parsed as they are. */
const SMALL = 16 * 1024;
/** At most this many bytes of a mail are looked at. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_SECTIONS = 10_000;
/** Of the header of a section, and of its body when it is text or may be, and when it is something else. */
const MAX_HEADER = 512 * 1024;
const MAX_TEXT = { bytes: 1024 * 1024, lines: 12_000 };
const MAX_OTHER = { bytes: 4 * 1024, lines: 100 };
/** Of all bodies together. */
const MAX_TOTAL = { bytes: 3 * 1024 * 1024, lines: 36_000 };

const LINE_FEED = 0x0a;
const CONTENT_TYPE = /^content-type:[ \t]*"?([a-z0-9.+-]{1,100}\/[a-z0-9.+-]{1,100})/im;
const IS_ATTACHMENT = /^content-disposition:[ \t]*"?attachment/im;
const IS_BASE64 = /^content-transfer-encoding:[ \t]*"?base64/im;

export interface Condensed {
  readonly bytes: Uint8Array;
  /** What was left out and is missed, in words. */
  readonly problem: string | null;
  /** Whether text was left out, too. */
  readonly textCut: boolean;
  /** Bytes of the attachments that were condensed, by their description. */
  readonly sizes: ReadonlyMap<string, number>;
}

interface Section {
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
}

interface Budget {
  bytes: number;
  lines: number;
}

/** A mail that is safe to be parsed, with the same text and attachments. */
export function condense(raw: Uint8Array): Condensed {
  const sizes = new Map<string, number>();
  if (raw.length <= SMALL) return { bytes: raw, problem: null, textCut: false, sizes };
  const mail = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, MAX_BYTES));
  const kept: Uint8Array[] = [];
  const total: Budget = { ...MAX_TOTAL };
  let problem = mail.length < raw.length ? `only its first ${MAX_BYTES} bytes were read` : null;
  let textCut = false;
  let sections = 0;
  for (let start = 0; start < mail.length;) {
    if ((sections += 1) > MAX_SECTIONS) {
      problem = `only its first ${MAX_SECTIONS} parts were read`;
      break;
    }
    const section = sectionAt(mail, start);
    if (keepSection(mail, section, total, sizes, kept)) textCut = true;
    start = section.end;
  }
  return { bytes: Buffer.concat(kept), problem: problem && `The mail is too large: ${problem}.`, textCut, sizes };
}

function sectionAt(mail: Buffer, start: number): Section {
  const next = mail.indexOf('\n--', start);
  const end = next === -1 ? mail.length : next + 1;
  const header = mail.subarray(start, Math.min(end, start + MAX_HEADER));
  const ends = [header.indexOf('\n\n') + 1, header.indexOf('\n\r\n') + 1].filter((at) => at > 0);
  return { start, bodyStart: start + Math.min(header.length, ...ends), end };
}

/** Adds what is kept of a section to `kept`, and takes it from the budget `total`. True when text was left out. */
function keepSection(
  mail: Buffer,
  { start, bodyStart, end }: Section,
  total: Budget,
  sizes: Map<string, number>,
  kept: Uint8Array[],
): boolean {
  const header = mail.toString('latin1', start, Math.min(bodyStart, start + 16 * 1024));
  const type = CONTENT_TYPE.exec(header)?.[1]?.toLowerCase() ?? 'text/plain';
  const isText = !IS_ATTACHMENT.test(header) && /^(?:text|multipart|message)\//.test(type);
  const most = isText ? MAX_TEXT : MAX_OTHER;
  const cut = keepLines(mail, bodyStart, end, {
    bytes: Math.min(most.bytes, total.bytes),
    lines: Math.min(most.lines, total.lines),
  });
  total.bytes -= cut.end - bodyStart;
  total.lines -= cut.lines;
  if (!isText && cut.end < end) {
    // The field goes in behind the boundary's line, or on top of a mail that is nothing but an attachment.
    const fields = mail[start] === 0x2d ? mail.indexOf(LINE_FEED, start) + 1 : start;
    const description = `condensed-${sizes.size}`;
    sizes.set(description, decodedSize(mail, bodyStart, end, IS_BASE64.test(header)));
    kept.push(
      mail.subarray(start, fields),
      Buffer.from(`Content-Description: ${description}\n`),
      mail.subarray(fields, cut.end),
    );
  } else {
    kept.push(mail.subarray(start, cut.end));
  }
  if (cut.end < end) kept.push(Buffer.from('\n'));
  return isText && cut.end < end;
}

/** As many whole lines of a body as the budget allows; of a line that is too long its beginning. */
function keepLines(mail: Buffer, start: number, end: number, budget: Budget): { end: number; lines: number } {
  const limit = Math.min(end, start + budget.bytes);
  let lines = 0;
  let at = start;
  while (at < limit && lines < budget.lines) {
    const feed = mail.indexOf(LINE_FEED, at);
    lines += 1;
    at = feed === -1 || feed >= limit ? limit : feed + 1;
  }
  return { end: at, lines };
}

// The lines of an encoded attachment are all as long as the first one, so its size need not be counted.
function decodedSize(mail: Buffer, start: number, end: number, isBase64: boolean): number {
  if (!isBase64) return end - start;
  const body = mail.toString('latin1', start, Math.min(end, start + 4 * 1024)).replace(/^[\r\n]+/, '');
  const [line = ''] = body.split('\n');
  const characters = line.trimEnd().length;
  return Math.floor(((end - start) * characters * 3) / ((line.length + 1) * 4));
}
