/** For tests of whatever uses the database: one of its own, with the schema in it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createDatabaseUsers, createTestDatabase } from '@sorting-office/stack';
import { type Database, openDatabase } from './database';
import { newId } from './ids';
import { Account } from './models';
import { migrate } from './schema/migrate';

export interface MigratedDatabase {
  /** For who may do everything there. */
  readonly url: string;
  /** For programs, which may do no more than in production. */
  readonly programUrl: string;
  readonly database: Database;
  /** An account to own what the test makes. */
  readonly accountId: string;
  drop(): Promise<void>;
}

/** Makes a database with this build's schema and one account. */
export async function migratedDatabase(
  options: { poolSize?: number; lockWaitSeconds?: number } = {},
): Promise<MigratedDatabase> {
  const empty = await createTestDatabase();
  const { url } = empty;
  const users = await createDatabaseUsers(url);
  await migrateByNewerBuild(url);
  await migrate({ url: users.migrateUrl });
  const database = openDatabase({ url, lockWaitSeconds: 1, ...options });
  const accountId = newId();
  await database.transaction((db) => db(Account).insert({ id: accountId, name: 'owner' }));
  return {
    url,
    programUrl: users.url,
    database,
    accountId,
    drop: async () => {
      await database.close();
      await users.drop();
      await empty.drop();
    },
  };
}

/** MIGRATE_WITH names a newer build's worker: so tests of this build run on its schema (tools/release/check-previous.mjs). */
async function migrateByNewerBuild(url: string): Promise<void> {
  const worker = process.env['MIGRATE_WITH'];
  if (worker === undefined) return;
  await promisify(execFile)(process.execPath, [worker, 'migrate'], { env: { ...process.env, DATABASE_URL: url } });
}
