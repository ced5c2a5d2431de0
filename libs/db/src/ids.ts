import { v7 } from 'uuid';

/** A new UUIDv7: ids sort by the time they were made, so rows are inserted at the end of their index. */
export const newId = (): string => v7();

/** When an id of {@link newId} was made: the first 48 bits of a UUIDv7 are milliseconds since 1970 (RFC 9562, 5.7). */
export const madeAt = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));

/** What every id sorts before that was made earlier than this, and every other one after. */
export function idBound(time: Date): string {
  const hex = Math.max(0, time.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
