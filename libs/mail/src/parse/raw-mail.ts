// Raw bytes of a mail, before they are parsed.

const LINE_FEED = 0x0a;

/** A raw mail without the line `From sender date` that mbox files put before it. */
export function withoutMboxLine(raw: Uint8Array): Uint8Array {
  const beginning = Buffer.from(raw.subarray(0, 6)).toString('latin1');
  if (!/^>?From /.test(beginning)) return raw;
  const end = raw.indexOf(LINE_FEED);
  return end === -1 ? raw : raw.subarray(end + 1);
}

/** The header block and the body of a raw mail; the header block is cut to `limit` bytes at the end of a line. */
export function splitHeader(raw: Uint8Array, limit: number): { header: Uint8Array; body: Uint8Array } {
  const view = Buffer.from(raw.buffer, raw.byteOffset, raw.length);
  const ends = [view.indexOf('\n\n'), view.indexOf('\n\r\n')].filter((end) => end !== -1);
  const end = ends.length > 0 ? Math.min(...ends) + 1 : raw.length;
  const cutEnd = end <= limit ? end : view.lastIndexOf(LINE_FEED, limit) + 1;
  return { header: raw.subarray(0, cutEnd), body: raw.subarray(end) };
}
