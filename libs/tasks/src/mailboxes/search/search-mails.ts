/** Finds the mails that a query means, a page at a time, and shows where they were hit. */
import type { UnitOfWork } from '@sorting-office/db';
import type { WantedMails } from '../wanted-mails';
import { type Conditions, conditionsOf, type Fit } from './conditions';
import { type Cursor, decodeCursor, encodeCursor } from './cursor';
import { findHits, type Hits } from './find-hits';
import { type FoundMail, showMails } from './show-mails';

export interface FoundPage {
  mails: FoundMail[];
  /** How many there are; at least as many when that is not exact. */
  total: number;
  totalIsExact: boolean;
  /** The cursor of the page after this one; null on the last one. */
  next: string | null;
}

const nothing: FoundPage = { mails: [], total: 0, totalIsExact: true, next: null };

/**
 * Finds one page. Words fit in any of their forms; when no mail has them all, mails fit that have words which begin so.
 *
 * @throws TaskFailure CURSOR_INVALID
 */
export async function searchMails(db: UnitOfWork, wanted: WantedMails): Promise<FoundPage> {
  const cursor = wanted.cursor === null ? null : decodeCursor(wanted.cursor);
  const now = cursor?.now ?? Math.floor(Date.now() / 1000);
  const exact = await find(db, wanted, cursor?.fit ?? 'word', now, cursor);
  const found = exact ?? (cursor ? null : await find(db, wanted, 'beginning', now, null));
  return found ?? nothing;
}

/** One page, or null when there is nothing on it. */
async function find(
  db: UnitOfWork,
  wanted: WantedMails,
  fit: Fit,
  now: number,
  after: Cursor | null,
): Promise<FoundPage | null> {
  const conditions = conditionsOf(wanted, fit);
  if (conditions === null || !canFit(conditions, fit)) return null;
  const { limit } = wanted;
  const found = await findHits(db, { conditions, now: new Date(now * 1000), after, limit });
  if (found.hits.length === 0) return null;
  const page = found.hits.slice(0, limit);
  return {
    mails: await showMails(
      db,
      conditions,
      page.map(({ id }) => id),
    ),
    total: found.total,
    totalIsExact: found.totalIsExact,
    next: nextAfter(found, limit, { now, fit }),
  };
}

function nextAfter({ hits }: Hits, limit: number, same: Pick<Cursor, 'now' | 'fit'>): string | null {
  const last = hits[limit - 1];
  return hits.length > limit && last ? encodeCursor({ ...same, age: last.age, id: last.id }) : null;
}

/** Beginnings of one or two letters would fit nearly everything, and phrases are made of whole words. */
const shortestBeginning = 3;
const mailboxKey = 3;

const canFit = ({ tokens, phrases }: Conditions, fit: Fit): boolean =>
  fit === 'word' ||
  (phrases.length === 0 &&
    tokens.some((group) => group.some(isBeginning)) &&
    tokens.flat().every((token) => !isBeginning(token) || token.length > mailboxKey + shortestBeginning));

const isBeginning = (token: string): boolean => token.endsWith('*');
