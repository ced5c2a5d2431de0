// How many hits are to be expected, and how far a page reaches, judged by the newest mails.
import type { UnitOfWork } from '@sorting-office/db';
import { indexFor, join, rowConditions, type Sql } from './conditions';
import type { PageAsked } from './page-asked';

/** The mails that can be on a page, from the newest of them back. */
export interface Stretch {
  /** How many they are. */
  mails: number;
  /** When the newest and the last of them were sent, and the oldest of all that can be on the page. */
  begin: Date;
  end: Date;
  oldest: Date;
}

/** What a stretch and the hits in it promise. */
export interface Outlook {
  /** Hits in all. */
  hits: number;
  /** A page's mails were sent between these, in all likelihood; and how many mails that are. */
  begin: Date;
  reach: Date;
  mails: number;
}

/** So many of the newest mails that can be on a page; null when there are not so many. */
export async function stretchOf(db: UnitOfWork, asked: PageAsked, mails: number): Promise<Stretch | null> {
  const { conditions } = asked;
  const where = onPage(asked);
  const from = `FROM mail_index i FORCE INDEX (${indexFor(conditions)}) WHERE ${where.sql}`;
  const newestFirst = 'ORDER BY i.sent_at DESC, i.mail_id DESC LIMIT 1';
  const [row] = await db.rows<Omit<Stretch, 'mails'>>(
    `SELECT i.sent_at AS end, (SELECT i.sent_at ${from} ${newestFirst}) AS begin,
       (SELECT i.sent_at ${from} ORDER BY i.sent_at, i.mail_id LIMIT 1) AS oldest
     ${from} ${newestFirst} OFFSET ?`,
    [...where.bindings, ...where.bindings, ...where.bindings, mails - 1],
  );
  return row ? { ...row, mails } : null;
}

/** Mails that can be on a page, as far as the words do not matter: no mail counts as older than it is. */
export function onPage({ conditions, now, after }: PageAsked): Sql {
  const begin = after ? [{ sql: 'i.sent_at <= ?', bindings: [momentOf(Math.max(after.age, 0), now)] }] : [];
  return join([rowConditions(conditions), ...begin]);
}

/** More than is likely, as hits lie closer here and wider there, and looking a little further costs less than looking again. */
const safety = { firstPage: 2.5, laterPage: 1.5 };

/**
 * @param seen hits in the stretch.
 */
export function outlookOf(asked: PageAsked, seen: number, { begin, end, oldest, mails }: Stretch): Outlook {
  const { now, after, limit, conditions } = asked;
  const span = Math.max(secondsBetween(end, begin), 1);
  // Few may be there by chance. The pages before had their hits, at least.
  const seenRate = Math.max(seen - Math.sqrt(seen), seen / 2) / span;
  const rate = after ? Math.max(seenRate, limit / Math.max(after.age, 1)) : seenRate;
  const lastAge = Math.max(secondsBetween(begin, now), 0) + (limit + 1) / rate;
  // A mail that is twice as old may count as no older.
  const reachAge = lastAge * (conditions.bonus.length > 0 ? 2 : 1) * (after ? safety.laterPage : safety.firstPage);
  const reach = momentOf(Math.min(reachAge, secondsBetween(oldest, now)), now);
  return {
    hits: rate * secondsBetween(oldest, begin),
    begin,
    reach,
    mails: Math.ceil((mails * secondsBetween(reach, begin)) / span),
  };
}

/** @param age in seconds. */
export const momentOf = (age: number, now: Date): Date => new Date(now.getTime() - age * 1000);

const secondsBetween = (one: Date, other: Date): number => (other.getTime() - one.getTime()) / 1000;
