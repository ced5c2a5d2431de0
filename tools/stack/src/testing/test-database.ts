import { randomBytes } from 'node:crypto';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { testServers } from './test-servers';

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  /** Ends whatever sessions are left in it, and removes it. */
  drop(): Promise<void>;
}

/** Makes an empty utf8mb4 database with a random name. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = testServers().databaseUrl;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await query(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => drop(server, name) };
}

/** A session that outlived its process may still hold locks: it would keep the database from being dropped. */
async function drop(server: string, name: string): Promise<void> {
  const sessions = await query(server, 'SELECT id FROM information_schema.processlist WHERE db = ?', [name]);
  for (const { id } of sessions as { id: number }[]) {
    await query(server, `KILL ${id}`).catch((error: unknown) => {
      if ((error as { code?: unknown }).code !== 'ER_NO_SUCH_THREAD') throw error;
    });
  }
  await query(server, `DROP DATABASE IF EXISTS ${name}`);
}

async function query(server: string, sql: string, values: string[] = []): Promise<RowDataPacket[]> {
  const connection = await createConnection(server);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql, values);
    return rows;
  } finally {
    await connection.end();
  }
}
