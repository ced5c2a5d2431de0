const headerLength = 4;
const comQuery = 0x03;
/** Enough of a packet to know a COMMIT by. */
const prefixLength = 16;

/**
 * Follows what a MySQL client sends and finds its COMMITs: packets of three bytes of length (the lowest first), one of sequence,
 * and a payload, which for a query is 3 and its text. Packets may come in any number of pieces.
 */
export class CommitSpotter {
  #header = Buffer.alloc(0);
  #left = 0;
  #prefix = Buffer.alloc(0);

  /** @returns whether a COMMIT is complete with these bytes. */
  sees(bytes: Buffer): boolean {
    let seen = false;
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#header.length < headerLength) {
        const missing = headerLength - this.#header.length;
        this.#header = Buffer.concat([this.#header, rest.subarray(0, missing)]);
        rest = rest.subarray(missing);
        if (this.#header.length < headerLength) break;
        this.#left = this.#header.readUIntLE(0, 3);
        this.#prefix = Buffer.alloc(0);
      }
      const part = rest.subarray(0, this.#left);
      rest = rest.subarray(part.length);
      this.#left -= part.length;
      this.#prefix = Buffer.concat([this.#prefix, part.subarray(0, prefixLength - this.#prefix.length)]);
      if (this.#left > 0) break;
      seen ||=
        this.#header[3] === 0 && this.#prefix[0] === comQuery && /^commit\b/i.test(this.#prefix.toString('latin1', 1));
      this.#header = Buffer.alloc(0);
    }
    return seen;
  }
}
