/**
 * Brings the schema up to what this build needs; the work of the init container.
 *
 * ```
 *   wait for the database -> take the advisory lock -> apply what is missing -> close (which lets go of the lock)
 *        (bounded)              (bounded)
 * ```
 *
 * Any number of processes may do this at once: the lock belongs to the one connection that migrates, so it is gone the moment
 * that connection is, however its process died.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Connection, RowDataPacket } from 'mysql2';
import { openKnex } from '../connection';
import { databaseErrorKind } from '../errors';
import type { DatabaseServer } from '../server/tls';
import { migrations } from './migrations';
import type { Migration } from './migrations/migration';

export type MigrationErrorCode = 'DATABASE_UNREACHABLE' | 'MIGRATION_LOCK_TIMEOUT';

export class MigrationError extends Error {
  readonly retryable = true;
  constructor(
    readonly code: MigrationErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'MigrationError';
  }
}

/** The server's user must be allowed to create tables. */
export interface MigrateOptions extends DatabaseServer {
  /** How long to wait for a database that does not answer yet, in seconds. */
  waitSeconds?: number;
  /** How long to wait for another process that is migrating, in seconds. */
  lockSeconds?: number;
  /** Told what is being waited for, a sentence at a time. */
  onWait?: (sentence: string) => void;
  /** Told of each statement once the server has run it. */
  onStatement?: (sql: string) => void;
}

/**
 * Applies every migration that is missing and returns their names, oldest first.
 *
 * @throws MigrationError when the database stays away or another process keeps the lock; a statement's own error as it is.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { waitSeconds = 120, lockSeconds = 300, onWait, onStatement } = options;
  const { url, tls, ca } = options;
  const server = { url, tls, ca };
  await waitForDatabase(server, waitSeconds, onWait);
  const pool = openKnex({
    ...server,
    // One connection, which is born with the lock: should it be lost, its successor has to earn the lock anew.
    poolSize: 1,
    lockWaitSeconds: 60,
    onConnect: (connection) => takeLock(connection, lockSeconds),
    connectSeconds: lockSeconds + 30,
    // A change to a large table takes its time.
    statementSeconds: Math.max(lockSeconds + 30, longestStatementSeconds),
  });
  try {
    if (onStatement) pool.on('query-response', (_response: unknown, query: { sql: string }) => onStatement(query.sql));
    const config = {
      migrationSource,
      disableTransactions: true,
      // A newer build has been here: expand, then contract.
      disableMigrationsListValidation: true,
    };
    // Whoever holds the advisory lock is alone: what knex's own lock table says was left by a process that is dead.
    await pool.migrate.forceFreeMigrationsLock(config);
    const [, applied] = (await pool.migrate.latest(config)) as [number, string[]];
    return applied;
  } finally {
    await pool.destroy();
  }
}

const longestStatementSeconds = 6 * 3600;

const migrationSource: Knex.MigrationSource<Migration> = {
  getMigrations: () => Promise.resolve([...migrations]),
  getMigrationName: ({ name }) => name,
  getMigration: (migration) => Promise.resolve(migration),
};

async function waitForDatabase(
  server: DatabaseServer,
  seconds: number,
  onWait?: (sentence: string) => void,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  const pool = openKnex({ ...server, poolSize: 1, connectSeconds: 10 });
  try {
    for (;;) {
      try {
        await pool.raw('SELECT 1');
        return;
      } catch (error) {
        if (!['unavailable', 'schema'].includes(databaseErrorKind(error))) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        if (Date.now() >= deadline) {
          throw new MigrationError(
            'DATABASE_UNREACHABLE',
            `the database could not be used for ${seconds} s: ${reason}. Check DATABASE_URL and that the server runs.`,
            { cause: error },
          );
        }
        onWait?.(`waiting for the database: ${reason}`);
        await sleep(500);
      }
    }
  } finally {
    await pool.destroy();
  }
}

async function takeLock(connection: Connection, seconds: number): Promise<void> {
  const [[schema]] = await connection.promise().query<RowDataPacket[]>('SELECT DATABASE() AS name');
  // Lock names are the server's, not the database's, and MySQL bounds them to 64 characters.
  const name = `sorting-office-migrate-${createHash('sha256').update(String(schema?.['name'])).digest('hex').slice(0, 32)}`;
  const [[lock]] = await connection.promise().query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS taken', [name, seconds]);
  if (lock?.['taken'] !== 1) {
    throw new MigrationError(
      'MIGRATION_LOCK_TIMEOUT',
      `another process has been migrating this database for more than ${seconds} s: see SHOW PROCESSLIST for who holds the lock ${name}`,
    );
  }
}
