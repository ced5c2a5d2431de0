import { migrate } from '@sorting-office/db';
import { createTestDatabase, type TestDatabase } from '@sorting-office/stack';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { fillStatements } from './fill';
import { idOf } from './ids';
import { people } from './people';
import { templates } from './templates';

/** People of the large mailbox. */
const peopleKnown = 4000;
/** Months back from now in which the large mailbox's mails were sent, and some more. */
const monthsKept = 12;

export interface LargeDatabase extends TestDatabase {
  /** Rows of each table. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Makes a database of this build's schema with as many rows in each table as a large installation has, and statistics that say so. */
export async function largeDatabase(): Promise<LargeDatabase> {
  const empty = await createTestDatabase();
  await migrate({ url: empty.url });
  const connection = await createConnection({ uri: empty.url, timezone: 'Z' });
  try {
    await connection.query(`SET SESSION time_zone = '+00:00', unique_checks = 0`);
    await connection.query('START TRANSACTION');
    await insertTemplates(connection);
    for (const statement of fillStatements) await connection.query(statement);
    await insertPeople(connection);
    await connection.query('COMMIT');
    return { ...empty, sizes: await analysed(connection) };
  } finally {
    await connection.end();
  }
}

async function insertTemplates(connection: Connection): Promise<void> {
  const now = new Date();
  const months = Array.from({ length: monthsKept }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
  await connection.query(
    `CREATE TABLE templates (template INT NOT NULL, month CHAR(7) NOT NULL, words TEXT NOT NULL, head TEXT NOT NULL, tokens TEXT NOT NULL,
                             PRIMARY KEY (template, month)) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin`,
  );
  const rows = templates(months).map(({ template, month, words, head, tokens }) => [
    template,
    month,
    words,
    head,
    tokens,
  ]);
  await connection.query('INSERT INTO templates (template, month, words, head, tokens) VALUES ?', [rows]);
}

async function insertPeople(connection: Connection): Promise<void> {
  const mailbox = idOf('mailbox', 1);
  const known = people(peopleKnown);
  for (const [table, rows] of [
    ['people (mailbox_id, address, name)', known.people],
    ['person_keys (mailbox_id, name_key, address)', known.keys],
  ] as const) {
    for (let from = 0; from < rows.length; from += 2000)
      await connection.query(`INSERT INTO ${table} VALUES ?`, [
        rows.slice(from, from + 2000).map((row) => [mailbox, ...row]),
      ]);
  }
}

async function analysed(connection: Connection): Promise<ReadonlyMap<string, number>> {
  const [tables] = await connection.query<RowDataPacket[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`,
  );
  const sizes = new Map<string, number>();
  for (const { name } of tables as { name: string }[]) {
    // From all of its pages, and for good: the plans of each run are the same.
    await connection.query(`ALTER TABLE ${name} STATS_AUTO_RECALC = 0, STATS_SAMPLE_PAGES = 2000`);
    await connection.query(`ANALYZE TABLE ${name}`);
    const [[counted]] = await connection.query<RowDataPacket[]>(`SELECT COUNT(*) AS count FROM ${name}`);
    sizes.set(name, (counted as { count: number }).count);
  }
  return sizes;
}
