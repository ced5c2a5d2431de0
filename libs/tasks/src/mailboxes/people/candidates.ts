// Finds by index whom a said name may mean, for `matchPerson` to judge.
import type { UnitOfWork } from '@sorting-office/db';
import { atDomain, type KnownPerson, type Lookup } from '@sorting-office/mail';

export interface Candidate extends KnownPerson {
  /** Whether the mailbox's owner has written to them. */
  writtenTo: boolean;
}

/** Entries of the index that are read: of several words few lead to the same person, so more of them are. */
const entriesRead = { oneWord: 1000, words: 4000 };
/** People who are judged. */
const peopleJudged = 50;
/** Mails that tell somebody whom one writes with from somebody who wrote now and then. */
const frequent = 10;

/**
 * At most 50 people whom the lookups lead to, those first whom most of them lead to, and of those whom the rarer ones do.
 *
 * One statement when there is nobody, else two, by the primary keys of `person_keys` and of `people` and `correspondents`.
 * One more when those first are more than 50: then people to whom the owner has written are taken before others, and those
 * from whom there are ten mails. It looks up to 4,000 entries up in `correspondents` and in `mails_from`, ten mails each.
 *
 * @param led `all`: nobody unless as many lookups as are needed lead to somebody. `some`: whoever any of them leads to.
 */
export async function findCandidates(
  db: UnitOfWork,
  mailboxId: string,
  lookups: readonly Lookup[],
  led: 'all' | 'some',
): Promise<Candidate[]> {
  const entries = entriesOf(mailboxId, lookups);
  if (!entries) return [];
  const found = await db.rows<KeyEntry>(`SELECT name_key, address ${entries.sql}`, entries.bindings);
  const [best, ...others] = groupByLookups(found, lookups);
  if (!best || (led === 'all' && best.lookups < lookups.filter(({ isNeeded }) => isNeeded).length)) return [];
  const chosen =
    best.addresses.length > peopleJudged
      ? await chooseAmong(db, mailboxId, entries, best.addresses)
      : [...best.addresses];
  for (const { addresses } of others) if (chosen.length + addresses.length <= peopleJudged) chosen.push(...addresses);
  return readCandidates(db, mailboxId, chosen);
}

/** At most 50 people with an address at a domain or below it. */
export async function findAtDomain(db: UnitOfWork, mailboxId: string, domain: string): Promise<Candidate[]> {
  const people = await findCandidates(db, mailboxId, [whole(atDomain(domain))], 'some');
  return people.filter(({ address }) => address.endsWith(`@${domain}`) || address.endsWith(`.${domain}`));
}

const whole = (key: string): Lookup => ({ keys: [key], beginnings: [], isNeeded: true });

/** Those with one of these addresses. One statement, by the primary keys of `people` and `correspondents`. */
export async function readCandidates(
  db: UnitOfWork,
  mailboxId: string,
  addresses: readonly string[],
): Promise<Candidate[]> {
  if (addresses.length === 0) return [];
  const rows = await db.rows<{ address: string; name: string; written_to: number }>(
    `SELECT people.address, people.name, correspondents.address IS NOT NULL AS written_to
     FROM people LEFT JOIN correspondents
       ON correspondents.mailbox_id = people.mailbox_id AND correspondents.address = people.address
     WHERE people.mailbox_id = ? AND people.address IN (${addresses.map(() => '?').join(', ')})`,
    [mailboxId, ...addresses],
  );
  const people = new Map<string, Candidate & { names: string[] }>();
  for (const { address, name, written_to } of rows) {
    const person = people.get(address) ?? { address, names: [], writtenTo: written_to === 1 };
    if (name !== '') person.names.push(name);
    people.set(address, person);
  }
  return [...people.values()];
}

interface KeyEntry {
  name_key: string;
  address: string;
}

interface Entries {
  sql: string;
  bindings: readonly string[];
}

/** The entries of `person_keys` that lookups ask for; null when they ask for none. */
function entriesOf(mailboxId: string, lookups: readonly Lookup[]): Entries | null {
  const keys = [...new Set(lookups.flatMap((lookup) => lookup.keys))];
  const beginnings = [...new Set(lookups.flatMap((lookup) => lookup.beginnings))];
  if (keys.length + beginnings.length === 0) return null;
  const conditions = [
    ...(keys.length > 0 ? [`name_key IN (${keys.map(() => '?').join(', ')})`] : []),
    ...beginnings.map(() => 'name_key LIKE ?'),
  ];
  const limit = lookups.length > 1 ? entriesRead.words : entriesRead.oneWord;
  return {
    sql: `FROM person_keys AS entries WHERE entries.mailbox_id = ? AND (${conditions.join(' OR ')}) LIMIT ${limit}`,
    // Beginnings are letters: none is a wildcard.
    bindings: [mailboxId, ...keys, ...beginnings.map((beginning) => `${beginning}%`)],
  };
}

/** Those whom the same lookups lead to. */
interface Group {
  lookups: number;
  addresses: string[];
}

/**
 * The addresses by which of the lookups lead to them: those of most lookups first, and of as many those that are fewest, as a
 * surname tells more than a first name.
 */
function groupByLookups(entries: readonly KeyEntry[], lookups: readonly Lookup[]): Group[] {
  const sets = lookups.map(({ keys, beginnings }) => ({ keys: new Set(keys), beginnings }));
  const leading = new Map<string, Set<number>>();
  for (const { name_key: key, address } of entries) {
    const led = leading.get(address) ?? new Set();
    sets.forEach(({ keys, beginnings }, at) => {
      if (keys.has(key) || beginnings.some((beginning) => key.startsWith(beginning))) led.add(at);
    });
    leading.set(address, led);
  }
  const groups = new Map<string, Group>();
  for (const [address, led] of leading) {
    const name = [...led].sort().join(' ');
    const group = groups.get(name) ?? { lookups: led.size, addresses: [] };
    group.addresses.push(address);
    groups.set(name, group);
  }
  return [...groups.values()].sort(
    (one, other) => other.lookups - one.lookups || one.addresses.length - other.addresses.length,
  );
}

async function chooseAmong(
  db: UnitOfWork,
  mailboxId: string,
  entries: Entries,
  addresses: readonly string[],
): Promise<string[]> {
  const rows = await db.rows<{ address: string; written_to: number; often: number | null }>(
    `SELECT * FROM (
       SELECT entries.address,
         EXISTS (SELECT 1 FROM correspondents WHERE mailbox_id = ? AND address = entries.address) AS written_to,
         (SELECT 1 FROM mails WHERE mailbox_id = ? AND from_address = entries.address LIMIT 1 OFFSET ${frequent - 1}) AS often
       ${entries.sql}
     ) AS known WHERE written_to OR often`,
    [mailboxId, mailboxId, ...entries.bindings],
  );
  const worth = new Map(rows.map(({ address, written_to, often }) => [address, 2 * written_to + (often ?? 0)]));
  return [...addresses].sort((one, other) => (worth.get(other) ?? 0) - (worth.get(one) ?? 0)).slice(0, peopleJudged);
}
