// Finds by index whom a said name may mean, for `matchPerson` to judge.
import { PersonName, type UnitOfWork } from '@sorting-office/db';
import { atDomain, type KnownPerson, type Lookup } from '@sorting-office/mail';

export interface Candidate extends KnownPerson {
  /** Whether the mailbox's owner has written to them. */
  writtenTo: boolean;
}

/** People of whom more is read than that a key leads to them. */
const peopleWeighed = 1000;
/** People who are judged. */
const peopleJudged = 100;
/** Mails that tell a correspondent from somebody who wrote now and then, where there are too many people to count all their mails. */
const frequent = 10;

/**
 * At most 100 people whom some of the lookups lead to: those whom most of them do, then those to whom the owner has written, then
 * those from whom there are ten mails. One statement: the keys by the primary key of `person_keys`; of the first 1,000
 * people found so, whether they are in `correspondents` and how many entries they have in `mails_from`, up to ten; names by the primary
 * key of `people`.
 */
export async function findCandidates(
  db: UnitOfWork,
  mailboxId: string,
  lookups: readonly Lookup[],
): Promise<Candidate[]> {
  const conditions = lookups.map(({ keys, beginnings }) => ({
    sql: [
      ...(keys.length > 0 ? [`name_key IN (${keys.map(() => '?').join(', ')})`] : []),
      ...beginnings.map(() => 'name_key LIKE ?'),
    ].join(' OR '),
    // Keys are made of letters, digits, and what marks a domain or a sound: none is a wildcard.
    bindings: [...keys, ...beginnings.map((beginning) => `${beginning}%`)],
  }));
  const wanted = conditions.filter(({ sql }) => sql !== '');
  if (wanted.length === 0) return [];
  const hits = wanted.map(
    ({ sql }, word) => `SELECT DISTINCT address, ${word} AS word FROM person_keys WHERE mailbox_id = ? AND (${sql})`,
  );
  const rows = await db.rows<{ address: string; name: string; written_to: number }>(
    `SELECT judged.address, people.name, judged.written_to FROM (
       SELECT found.address, correspondents.address IS NOT NULL AS written_to FROM (
         SELECT address, COUNT(*) AS words FROM (${hits.join(' UNION ALL ')}) AS hits
         GROUP BY address ORDER BY words DESC, address LIMIT ${peopleWeighed}
       ) AS found
       LEFT JOIN correspondents ON correspondents.mailbox_id = ? AND correspondents.address = found.address
       ORDER BY found.words DESC, written_to DESC, (
         SELECT 1 FROM mails WHERE mails.mailbox_id = ? AND mails.from_address = found.address LIMIT 1 OFFSET ${frequent - 1}
       ) DESC, found.address LIMIT ${peopleJudged}
     ) AS judged JOIN people ON people.mailbox_id = ? AND people.address = judged.address
     ORDER BY judged.address, people.name`,
    [...wanted.flatMap(({ bindings }) => [mailboxId, ...bindings]), mailboxId, mailboxId, mailboxId],
  );
  return gather(rows);
}

/** At most 100 people with an address at a domain or below it. */
export async function findAtDomain(db: UnitOfWork, mailboxId: string, domain: string): Promise<Candidate[]> {
  const people = await findCandidates(db, mailboxId, [{ keys: [atDomain(domain)], beginnings: [] }]);
  return people.filter(({ address }) => address.endsWith(`@${domain}`) || address.endsWith(`.${domain}`));
}

/** Those with one of these addresses. One statement, by the primary key of `people`. */
export async function findByAddress(
  db: UnitOfWork,
  mailboxId: string,
  addresses: readonly string[],
): Promise<Candidate[]> {
  const rows = await db(PersonName)
    .select('address', 'name')
    .where({ mailbox_id: mailboxId })
    .whereIn('address', [...addresses]);
  return gather(rows.map(({ address, name }) => ({ address, name, written_to: 0 })));
}

function gather(rows: readonly { address: string; name: string; written_to: number }[]): Candidate[] {
  const people = new Map<string, Candidate & { names: string[] }>();
  for (const { address, name, written_to } of rows) {
    const person = people.get(address) ?? { address, names: [], writtenTo: written_to === 1 };
    if (name !== '') person.names.push(name);
    people.set(address, person);
  }
  return [...people.values()];
}
