/**
 * Finds the mails of a page in their order, without looking at more mails than it takes.
 *
 * A mail counts as old as it is, and as only half as old when all the words are in its subject: relevance and recency in one number,
 * the same on every page.
 *
 * ```
 *   no words, nobody          by date or state, and no further than the page
 *   one of many people        everything, by the FULLTEXT index
 *   else, until the page is certain:
 *     the newest 300 mails    looked through, which finds what is common
 *     further mails           as far back as the page is expected to reach: looked through as well, or, when they are many, by the FULLTEXT
 *                             index with their months; not where few hits are expected in all
 *     everything              by the FULLTEXT index
 * ```
 *
 * A page is certain once its last mail counts as younger than any mail can that was not looked at. Whoever sorts by MATCH's own score has
 * to fetch every hit, which took a second for common words among 100,000 mails, and gets another order with each new mail.
 */
import type { UnitOfWork } from '@sorting-office/db';
import { IndexTokens } from '@sorting-office/mail';
import {
  type Conditions,
  indexFor,
  isIn,
  isPlain,
  join,
  lookedFor,
  matched,
  phraseConditions,
  rowConditions,
  type Sql,
} from './conditions';
import { momentOf, onPage, type Outlook, outlookOf, stretchOf } from './outlook';
import type { PageAsked } from './page-asked';

/** A mail that was found. */
export interface Hit {
  id: string;
  /** As it counts, in seconds. */
  age: number;
}

/** The hits of a page and one more, where there is one. */
export interface Hits {
  hits: Hit[];
  /** How many mails there are, at least. */
  total: number;
  totalIsExact: boolean;
}

/** Mails that are looked through before any index of words is asked, and at most. */
const walkedFirst = 300;
const walkedAtMost = 3000;
/** More alternatives than this, as of a name that many have, are not looked for one by one; together they are rare enough. */
const mostLookedFor = 10;
/** Where no words are looked for, mails are counted up to this number. */
export const mailsCounted = 1000;
/**
 * As many hits as are found, ranked and counted in no more time than finding the newest of them takes. What the FULLTEXT index does not
 * know, states and phrases, is looked up for many mails in vain.
 */
const few = ({ phrases, unread, flagged, hasAttachment, category }: Conditions): number =>
  phrases.length === 0 && [unread, flagged, hasAttachment, category].every((state) => state === null) ? 3000 : 300;
/** More months than this are no narrower than everything. */
const mostMonths = 36;

/** One page: two statements without words, else one to five. */
export function findHits(db: UnitOfWork, asked: PageAsked): Promise<Hits> {
  return isPlain(asked.conditions) ? byDate(db, asked) : byTokens(db, asked);
}

/** Newest first, by an index that has the order. */
async function byDate(db: UnitOfWork, { conditions, now, after, limit }: PageAsked): Promise<Hits> {
  const index = indexFor(conditions);
  const where = rowConditions(conditions);
  const parts = [where];
  if (after) {
    const sentAt = momentOf(after.age, now);
    parts.push({ sql: '(i.sent_at < ? OR (i.sent_at = ? AND i.mail_id < ?))', bindings: [sentAt, sentAt, after.id] });
  }
  const page = join(parts);
  const hits = await db.rows<Hit>(
    `SELECT i.mail_id AS id, TIMESTAMPDIFF(SECOND, i.sent_at, ?) AS age FROM mail_index i FORCE INDEX (${index})
     WHERE ${page.sql} ORDER BY i.sent_at DESC, i.mail_id DESC LIMIT ?`,
    [now, ...page.bindings, limit + 1],
  );
  const [counted] = await db.rows<{ total: number }>(
    `SELECT COUNT(*) AS total FROM (SELECT 1 FROM mail_index i FORCE INDEX (${index}) WHERE ${where.sql} LIMIT ?) AS some`,
    [...where.bindings, mailsCounted + 1],
  );
  const total = counted?.total ?? 0;
  return { hits, total: Math.min(total, mailsCounted), totalIsExact: total <= mailsCounted };
}

async function byTokens(db: UnitOfWork, asked: PageAsked): Promise<Hits> {
  const { conditions, after } = asked;
  if (conditions.tokens.some((group) => group.length > mostLookedFor)) return matchAll(db, asked);
  const stretch = await stretchOf(db, asked, walkedFirst);
  const newest = await walk(db, asked, walkedFirst);
  if (stretch === null) return after === null ? { ...newest, totalIsExact: true } : matchAll(db, asked);
  if (isCertain(newest.hits, asked, stretch.end)) return newest;
  const outlook = outlookOf(asked, newest.total, stretch);
  if (outlook.hits > few(conditions)) {
    const recent = await (outlook.mails > walkedAtMost ? matchMonths : walkOn)(db, asked, outlook);
    if (recent) return recent;
  }
  return matchAll(db, asked);
}

/** A page among as many of the newest mails as it is expected to reach over; null when it is not certain. */
async function walkOn(db: UnitOfWork, asked: PageAsked, { mails }: Outlook): Promise<Hits | null> {
  const stretch = await stretchOf(db, asked, mails);
  if (stretch === null) return null;
  const newest = await walk(db, asked, mails);
  return isCertain(newest.hits, asked, stretch.end) ? newest : null;
}

/** The same among the mails of some months. */
async function matchMonths(db: UnitOfWork, asked: PageAsked, { begin, reach }: Outlook): Promise<Hits | null> {
  const narrower = months(asked.conditions.mailboxId, reach, begin);
  if (narrower.length === 0) return null;
  const recent = await match(db, asked, narrower, reach);
  return isCertain(recent.hits, asked, reach) ? recent : null;
}

const matchAll = async (db: UnitOfWork, asked: PageAsked): Promise<Hits> => ({
  ...(await match(db, asked, monthsAsked(asked.conditions), null)),
  totalIsExact: true,
});

/** Looks through the newest mails that can be on the page. */
function walk(db: UnitOfWork, asked: PageAsked, mails: number): Promise<Hits> {
  const { conditions } = asked;
  const newest = onPage(asked);
  const wanted = join([...lookedFor(conditions), ...phraseConditions(conditions)]);
  return ranked(db, asked, {
    sql: `(SELECT i.mail_id FROM mail_index i FORCE INDEX (${indexFor(conditions)}) WHERE ${newest.sql}
           ORDER BY i.sent_at DESC, i.mail_id DESC LIMIT ?) AS newest
          STRAIGHT_JOIN mail_index i ON i.mail_id = newest.mail_id WHERE ${wanted.sql}`,
    bindings: [...newest.bindings, mails, ...wanted.bindings],
  });
}

/** Asks the FULLTEXT index, for everything or for what was sent since a moment, in these months. */
function match(db: UnitOfWork, asked: PageAsked, months: readonly string[], since: Date | null): Promise<Hits> {
  const { conditions } = asked;
  const where = join([
    matched(conditions, months),
    rowConditions(conditions),
    ...(since === null ? [] : [{ sql: 'i.sent_at >= ?', bindings: [since] }]),
    ...phraseConditions(conditions),
  ]);
  return ranked(db, asked, { sql: `mail_index i WHERE ${where.sql}`, bindings: where.bindings });
}

/** The first of what comes after the page before, and how much there is in all. */
async function ranked(db: UnitOfWork, { conditions, now, after, limit }: PageAsked, from: Sql): Promise<Hits> {
  const age = ageSql(conditions.bonus, now);
  const rest = after ? 'WHERE age > ? OR (age = ? AND id < ?)' : '';
  const rows = await db.rows<Hit & { total: number }>(
    `SELECT id, age, total FROM
       (SELECT i.mail_id AS id, ${age.sql} AS age, COUNT(*) OVER () AS total FROM ${from.sql}) AS found
     ${rest} ORDER BY age, id DESC LIMIT ?`,
    [...age.bindings, ...from.bindings, ...(after ? [after.age, after.age, after.id] : []), limit + 1],
  );
  return {
    hits: rows.map(({ id, age: seconds }) => ({ id, age: seconds })),
    total: rows[0]?.total ?? 0,
    totalIsExact: false,
  };
}

/** In whole seconds: fractions would not come back from a cursor as they were. */
function ageSql(bonus: readonly string[], now: Date): Sql {
  const age = 'TIMESTAMPDIFF(SECOND, i.sent_at, ?)';
  if (bonus.length === 0) return { sql: age, bindings: [now] };
  const inSubject = bonus.map(() => `(${isIn('i.head_tokens')})`).join(' + ');
  const whole = 2 * bonus.length;
  return {
    sql: `(${age} * (${whole} - (${inSubject}))) DIV ${whole}`,
    bindings: [now, ...bonus.map((token) => ` ${token} `)],
  };
}

/** Whether there is a whole page, none of whose mails could have to make way for one sent before `seen`. */
function isCertain(hits: readonly Hit[], { limit, conditions, now }: PageAsked, seen: Date): boolean {
  const last = hits[limit];
  const age = Math.floor((now.getTime() - seen.getTime()) / 1000);
  return last !== undefined && last.age < (conditions.bonus.length > 0 ? Math.min(age, Math.floor(age / 2)) : age);
}

const monthsAsked = ({ mailboxId, after, before }: Conditions): string[] =>
  after && before ? months(mailboxId, after, before) : [];

/** The tokens of the months between two moments; none when they are too many to narrow anything. */
function months(mailboxId: string, since: Date, until: Date): string[] {
  const tokens = new IndexTokens(mailboxId);
  const found: string[] = [];
  const at = new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth(), 1));
  for (; at <= until; at.setUTCMonth(at.getUTCMonth() + 1)) {
    if (found.length === mostMonths) return [];
    found.push(tokens.month(at));
  }
  return found;
}
