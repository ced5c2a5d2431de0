import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { type Ledger, type LedgerEntry, ledgerRows } from '../../contenders/ledger';

/** A database of one run's own, with an empty ledger. */
export interface PgPlace {
  url: string;
  ledger: Ledger;
  /** Brings the planner's statistics up to date, as the server does by itself after a minute. */
  analyze(): Promise<void>;
  remove(): Promise<void>;
}

const ledgerTable = `CREATE TABLE ledger (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id    uuid NOT NULL,
  n          integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
)`;

export async function makePgPlace(server: string): Promise<PgPlace> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await ask(server, `CREATE DATABASE ${name}`);
  await ask(url, ledgerTable);
  return {
    url,
    ledger: pgLedger(url),
    analyze: async () => {
      await ask(url, 'ANALYZE');
    },
    remove: async () => {
      await ask(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** A ledger in PostgreSQL. */
export function pgLedger(url: string): Ledger {
  return {
    count: async () => Number((await ask(url, 'SELECT count(*) AS count FROM ledger'))[0]?.['count']),
    read: async () => {
      const sql = 'SELECT task_id AS task, n, (extract(epoch FROM created_at) * 1000)::float8 AS ms FROM ledger';
      return ledgerRows((await ask(url, sql)) as unknown as LedgerEntry[]);
    },
  };
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
