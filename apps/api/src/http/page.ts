import { z } from 'zod';
import { Problem } from './problem';

/** How lists are asked for: a page from a cursor on. Cursors are opaque; `next` of one page is the cursor of the following one. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A page of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable().meta({ description: 'null on the last page' }) });

/** Ids sort by time, so the last one of a page says where the next begins. */
export const encodeCursor = (id: string): string => Buffer.from(id).toString('base64url');

/** @throws Problem CURSOR_INVALID */
export function decodeCursor(cursor: string): string {
  const id = z.uuid().safeParse(Buffer.from(cursor, 'base64url').toString());
  if (!id.success)
    throw new Problem(
      400,
      'CURSOR_INVALID',
      'the cursor is none that this API gave out: take `next` of a page as it is',
    );
  return id.data;
}

/** Cuts a list that was read one item too far into a page. */
export function toPage<Item extends { id: string }>(
  items: readonly Item[],
  limit: number,
): { items: Item[]; next: string | null } {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next: items.length > limit && last ? encodeCursor(last.id) : null };
}
