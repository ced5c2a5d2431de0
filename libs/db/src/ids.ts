import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Bytes of chance that an id takes. */
const idBytes = 16;

/**
 * Makes UUIDv7s, each of which sorts after all that it has made before, also when the clock is put back (RFC 9562, 6.2).
 *
 * Asks the system for the bytes of many at once: asked for each, they are most of what an id costs.
 */
export class IdSource {
  readonly #pool = Buffer.alloc(256 * idBytes);
  #used = this.#pool.length;
  #msecs = -Infinity;
  #seq = 0;

  next(): string {
    const random = this.#bytes();
    const now = Date.now();
    if (now > this.#msecs) {
      this.#msecs = now;
      // From its lower half, where there is room for all that one millisecond can bring.
      this.#seq = random.readUInt32BE() >>> 1;
    } else this.#seq++;
    return v7({ msecs: this.#msecs, seq: this.#seq, random });
  }

  #bytes(): Buffer {
    if (this.#used === this.#pool.length) {
      randomFillSync(this.#pool);
      this.#used = 0;
    }
    return this.#pool.subarray(this.#used, (this.#used += idBytes));
  }
}

const ids = new IdSource();

/** A new UUIDv7: ids sort by the time they were made, so rows are inserted at the end of their index. */
export const newId = (): string => ids.next();

/** When an id of {@link newId} was made: the first 48 bits of a UUIDv7 are milliseconds since 1970 (RFC 9562, 5.7). */
export const madeAt = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));

/** What every id sorts before that was made earlier than this, and every other one after. */
export function idBound(time: Date): string {
  const hex = Math.max(0, time.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
