import { z } from 'zod';
import { TaskFailure } from '../../define/task-failure';
import type { Fit } from './conditions';

/** Where a page has ended. */
export interface Cursor {
  /** The moment that ages are counted from, in seconds since 1970: that of the first page. */
  readonly now: number;
  readonly fit: Fit;
  /** The last mail of the page: its age as it counts, in seconds, and its id. */
  readonly age: number;
  readonly id: string;
}

const cursorSchema = z.tuple([z.int(), z.enum(['word', 'beginning']), z.int(), z.uuid()]);

export const encodeCursor = ({ now, fit, age, id }: Cursor): string =>
  Buffer.from(JSON.stringify([now, fit, age, id])).toString('base64url');

/** @throws TaskFailure CURSOR_INVALID */
export function decodeCursor(cursor: string): Cursor {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success)
    throw new TaskFailure(
      'CURSOR_INVALID',
      'the cursor is none that a search gave out: take `next` of a page as it is',
    );
  const [now, fit, age, id] = parsed.data;
  return { now, fit, age, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No schema takes undefined.
    return undefined;
  }
}
