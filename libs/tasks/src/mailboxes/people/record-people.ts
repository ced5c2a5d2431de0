// Remembers whom the mails of a mailbox are from and to, under the keys that their names are found by.
import { PersonName, type UnitOfWork } from '@sorting-office/db';
import { type MailAddress, personKeys, SHARED_NAMES } from '@sorting-office/mail';
import { chunks, rowsPerStatement } from '../chunks';

/** Whom a mail is from and to. */
export interface Correspondence {
  readonly from: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
}

/** Recipients of one mail; those behind them are a list's, and nobody's correspondents. */
const recipientsRead = 100;

/**
 * Records everybody whom these mails are from or to, with every name that is new with an address, up to ten (see
 * `SHARED_NAMES`). Doing so again changes nothing.
 *
 * One statement reads what is known of up to 1,000 addresses, by the primary key and without locks, and up to 500 rows go into
 * a statement that writes. What is known already is not written, so that units of work side by side seldom meet; where they
 * do, all of them write in the order of the primary keys and wait for one another. Two that have waited for one that was
 * rolled back may still end in a deadlock, as InnoDB leaves both with a lock on the gap; the next attempt does not meet it.
 */
export async function recordPeople(db: UnitOfWork, mailboxId: string, mails: readonly Correspondence[]): Promise<void> {
  const met = namesByAddress(mails);
  const known = await namesKnown(db, mailboxId, [...met.keys()]);
  const people: [string, string][] = [];
  const keys: [string, string][] = [];
  for (const [address, names] of met) {
    const before = known.get(address);
    const fresh = freshNames(names, before);
    people.push(...fresh.map((name): [string, string] => [address, name]));
    const had = new Set(before ? keysOf(address, [...before]) : []);
    keys.push(...keysOf(address, fresh).flatMap((key): [string, string][] => (had.has(key) ? [] : [[key, address]])));
  }
  await insertMissing(db, 'people (mailbox_id, address, name)', mailboxId, people);
  await insertMissing(db, 'person_keys (mailbox_id, name_key, address)', mailboxId, keys);
}

const fit = (text: string, length: number): string => text.slice(0, length).toWellFormed().trim();

function namesByAddress(mails: readonly Correspondence[]): Map<string, Set<string>> {
  const met = new Map<string, Set<string>>();
  for (const { from, to, cc } of mails) {
    for (const person of [...(from ? [from] : []), ...[...to, ...cc].slice(0, recipientsRead)]) {
      const address = fit(person.address.toLowerCase(), 320);
      if (address === '') continue;
      const name = fit(person.name, 255);
      const names = met.get(address) ?? new Set();
      met.set(address, names.add(name.toLowerCase() === address ? '' : name));
    }
  }
  return met;
}

async function namesKnown(
  db: UnitOfWork,
  mailboxId: string,
  addresses: readonly string[],
): Promise<Map<string, Set<string>>> {
  const known = new Map<string, Set<string>>();
  for (const part of chunks(addresses, rowsPerStatement)) {
    const rows = await db(PersonName)
      .select('address', 'name')
      .where({ mailbox_id: mailboxId })
      .whereIn('address', part);
    for (const { address, name } of rows) known.set(address, (known.get(address) ?? new Set()).add(name));
  }
  return known;
}

/** The names that are new with an address, as many as are kept; an empty one for an address that is new and has none. */
function freshNames(names: ReadonlySet<string>, known: ReadonlySet<string> | undefined): string[] {
  const kept = [...(known ?? [])].filter((name) => name !== '').length;
  const fresh = [...names].filter((name) => name !== '' && !known?.has(name)).sort();
  return known || fresh.length > 0 ? fresh.slice(0, Math.max(0, SHARED_NAMES - kept)) : [''];
}

const keysOf = (address: string, names: readonly string[]): string[] =>
  names.flatMap((name) => personKeys({ address, names: [name] }));

const rowsPerInsert = 500;

/** Inserts rows that may be there already, in the order of their primary key. */
async function insertMissing(
  db: UnitOfWork,
  table: string,
  mailboxId: string,
  rows: readonly (readonly [string, string])[],
): Promise<void> {
  const ordered = [...rows].sort(byPrimaryKey);
  for (const part of chunks(ordered, rowsPerInsert)) {
    // Unlike IGNORE this hides no other error.
    await db.execute(
      `INSERT INTO ${table} VALUES ${part.map(() => '(?, ?, ?)').join(', ')} ON DUPLICATE KEY UPDATE mailbox_id = mailbox_id`,
      part.flatMap(([one, other]) => [mailboxId, one, other]),
    );
  }
}

const byPrimaryKey = ([a, b]: readonly [string, string], [c, d]: readonly [string, string]): number =>
  a === c ? compare(b, d) : compare(a, c);
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
