import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build as buildProgram } from 'esbuild';
import { createTestDatabase } from '@sorting-office/stack';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { migrate } from './migrate';
import { migrations } from './migrations';

const names = migrations.map(({ name }) => name);

/** A test's own empty database. */
async function inDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const database = await createTestDatabase();
  try {
    return await work(database.url);
  } finally {
    await database.drop();
  }
}

async function query(url: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } finally {
    await connection.end();
  }
}

/** Every column and index, and which migrations have been noted. */
const schemaOf = async (url: string) => ({
  columns: await query(
    url,
    `SELECT table_name AS t, column_name AS c, ordinal_position AS p, column_type AS y, is_nullable AS n, column_default AS d, collation_name AS k
     FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY t, p`,
  ),
  indexes: await query(
    url,
    `SELECT table_name AS t, index_name AS i, seq_in_index AS s, column_name AS c, non_unique AS u, index_type AS y
     FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY t, i, s`,
  ),
  migrations: await query(url, 'SELECT name FROM knex_migrations ORDER BY name'),
});

/** Bundled once: it is started for every statement. */
const dying = join(__dirname, '../../dist/migrate-and-die.mjs');

/** Runs a real process that is killed after so many statements. @returns the signal that ended it, null when it had finished first. */
async function migrateAndDie(url: string, statements: number): Promise<string | null> {
  const child = spawn(process.execPath, [dying, url, String(statements)], { stdio: 'inherit' });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal === null && code !== 0) throw new Error(`the migration failed by itself, with code ${code}`);
  return signal;
}

test('an empty database gets every migration once, in their order; a migrated one gets nothing', async () => {
  await inDatabase(async (url) => {
    expect(await migrate({ url })).toEqual(names);
    const schema = await schemaOf(url);
    expect(await migrate({ url })).toEqual([]);
    expect(await schemaOf(url)).toEqual(schema);
  });
});

test('ten at once make the same schema as one, and each migration is applied by one of them', async () => {
  await inDatabase(async (url) => {
    const applied = await Promise.all(Array.from({ length: 10 }, () => migrate({ url })));
    expect(applied.flat().sort()).toEqual(names);
    const alone = await inDatabase(async (other) => {
      await migrate({ url: other });
      return schemaOf(other);
    });
    expect(await schemaOf(url)).toEqual(alone);
  });
});

/** Processes that migrate, each in a database of its own, at a time. */
const atOnce = 3;

test('killed after any statement that writes and run again, it makes the same schema as an undisturbed run', async () => {
  await buildProgram({
    entryPoints: [join(__dirname, 'testing/migrate-and-die.ts')],
    outfile: dying,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const undisturbed = await inDatabase(async (url) => {
    await migrate({ url });
    return schemaOf(url);
  });
  const dieAfter = (statements: number) =>
    inDatabase(async (url) => {
      const signal = await migrateAndDie(url, statements);
      await migrate({ url, lockSeconds: 10 });
      expect(await schemaOf(url)).toEqual(undisturbed);
      return signal === 'SIGKILL';
    });
  let killed = 0;
  for (let first = 1, all = true; all; first += atOnce) {
    const ends = await Promise.all(Array.from({ length: atOnce }, (_, index) => dieAfter(first + index)));
    killed += ends.filter(Boolean).length;
    all = ends.every(Boolean);
  }
  // The migrations' own statements at the least; knex's bookkeeping comes on top.
  expect(killed).toBeGreaterThan(11);
}, 300_000);

test('every statement of every migration can be run again by itself', async () => {
  await inDatabase(async (url) => {
    await migrate({ url });
    const schema = await schemaOf(url);
    await query(url, 'DELETE FROM knex_migrations');
    expect(await migrate({ url })).toEqual(names);
    expect(await schemaOf(url)).toEqual(schema);
  });
});

test('what a newer build has applied is left alone', async () => {
  await inDatabase(async (url) => {
    await migrate({ url });
    await query(url, `INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('9999-future', 9, NOW())`);
    expect(await migrate({ url })).toEqual([]);
  });
});

test('a database that stays away is said to be unreachable, with what to check', async () => {
  const waits: string[] = [];
  const migrating = migrate({
    url: 'mysql://office:x@127.0.0.1:1/office',
    waitSeconds: 1,
    onWait: (said) => waits.push(said),
  });
  await expect(migrating).rejects.toMatchObject({
    code: 'DATABASE_UNREACHABLE',
    message: expect.stringContaining('DATABASE_URL') as string,
  });
  expect(waits[0]).toMatch(/waiting for the database: .*ECONNREFUSED/);
});

test('another process that keeps the lock is waited for, and said to be in the way in the end', async () => {
  await inDatabase(async (url) => {
    await migrate({ url });
    const holder = await createConnection(url);
    const [[row]] = await holder.query<RowDataPacket[]>('SELECT DATABASE() AS name');
    const { createHash } = await import('node:crypto');
    const lock = `sorting-office-migrate-${createHash('sha256').update(String(row?.['name'])).digest('hex').slice(0, 32)}`;
    await holder.query('SELECT GET_LOCK(?, 0)', [lock]);
    await expect(migrate({ url, lockSeconds: 1 })).rejects.toMatchObject({ code: 'MIGRATION_LOCK_TIMEOUT' });
    await holder.end();
    expect(await migrate({ url, lockSeconds: 1 })).toEqual([]);
  });
});
