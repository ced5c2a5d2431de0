import { v7 } from 'uuid';

/** A new UUIDv7: ids sort by the time they were made, so rows are inserted at the end of their index. */
export const newId = (): string => v7();
