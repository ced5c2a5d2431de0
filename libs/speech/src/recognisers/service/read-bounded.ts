/**
 * The text of a response, in UTF-8.
 * @throws RangeError when it has more bytes than that; the rest is not read
 */
export async function readBounded(response: Response, maxBytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let read = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    read += piece.length;
    if (read > maxBytes) throw new RangeError(`the answer has more than ${maxBytes} bytes`); // Leaving the loop ends the stream.
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
