/** The most rows and bytes that one INSERT carries: well under the smallest `max_allowed_packet` in use (16 MiB, MariaDB's). */
const maxRows = 500;
const maxBytes = 2 * 1024 * 1024;

/** Splits rows, in their order, into what one statement takes each. A row that is too large by itself has one to itself. */
export function* perStatement<Row extends object>(rows: readonly Row[]): Generator<Row[]> {
  let part: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row));
    if (part.length > 0 && (part.length === maxRows || bytes + size > maxBytes)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(row);
    bytes += size;
  }
  if (part.length > 0) yield part;
}
