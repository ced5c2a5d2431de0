/**
 * The database as the rest of the system sees it: no handle to query, only units of work.
 *
 * ```
 *   transaction(work)   BEGIN -> work(db) -> COMMIT        work throws -> ROLLBACK, and the error goes on
 *   read(work)          START TRANSACTION READ ONLY -> work(db) -> COMMIT     a write inside is an error
 * ```
 */
import type { Knex } from 'knex';
import type { BoundedConnection } from './bounded-statements';
import { type ConnectionOptions, openPool, type Pool } from './connection';
import { databaseErrorKind } from './errors';
import { IdleAllowance } from './idle-allowance';
import { bindUnitOfWork, type UnitOfWork } from './unit-of-work';

export interface TransactionOptions {
  /** The longest that the work may say nothing to the database, in seconds, where that is more than the pool's own bound. */
  idleSeconds?: number;
  /**
   * Whether the database may be to blame for an error with which work ends in the middle of a statement. Then the server is asked, and
   * when it cannot be reached, or knows nothing of the statement, the error is that of an outage.
   */
  mayBeOutage?: (error: unknown) => boolean;
  /** The id of what the work makes, for whoever has something to say of it in the same transaction. */
  about?: string;
}

/** What goes along with every transaction: it is handed the transaction to run, and gives it what to do after the work. */
export type Escort = <T>(
  run: (along: (db: UnitOfWork) => Promise<void>) => Promise<T>,
  about: string | undefined,
) => Promise<T>;

export class Database {
  readonly #pool: Pool;
  readonly #escort: Escort | undefined;
  readonly #tries: number;

  constructor(pool: Pool, { escort, tries = 1 }: { escort?: Escort; tries?: number } = {}) {
    this.#pool = pool;
    this.#escort = escort;
    this.#tries = tries;
  }

  /** The same database and its pool, with an escort for every transaction. */
  escorted(escort: Escort): Database {
    return new Database(this.#pool, { escort, tries: this.#tries });
  }

  /**
   * The same database and its pool, that runs a transaction again when another one was in its way (a deadlock, a lock waited for in
   * vain): so many times in all, with work that has no effects elsewhere.
   */
  patient(tries = 5): Database {
    return new Database(this.#pool, { ...(this.#escort && { escort: this.#escort }), tries });
  }

  /**
   * Runs work in one transaction: all of its effects or none. Errors of the work and of the database are passed on as they are.
   *
   * Work that rejects while one of its statements is still running is not waited for: its session is ended, and rolled back with it.
   */
  async transaction<T>(work: (db: UnitOfWork) => PromiseLike<T>, options: TransactionOptions = {}): Promise<T> {
    for (let left = this.#tries - 1; ; left--) {
      try {
        return await this.#runOnce(work, options);
      } catch (error) {
        if (left === 0 || databaseErrorKind(error) !== 'conflict') throw error;
      }
    }
  }

  #runOnce<T>(work: (db: UnitOfWork) => PromiseLike<T>, options: TransactionOptions): Promise<T> {
    if (!this.#escort) return this.#run(work, {}, options);
    return this.#escort((along) => {
      const accompanied = async (db: UnitOfWork) => {
        const result = await work(db);
        await along(db);
        return result;
      };
      return this.#run(accompanied, {}, options);
    }, options.about);
  }

  /** Runs work that only reads, on one consistent snapshot of each statement; the server refuses writes. */
  read<T>(work: (db: UnitOfWork) => PromiseLike<T>): Promise<T> {
    return this.#run(work, { readOnly: true });
  }

  /** Closes every connection, waiting for the queries under way. */
  close(): Promise<void> {
    return this.#pool.knex.destroy();
  }

  /** Connections that are in use, idle in the pool, and asked for in vain so far. */
  poolUse(): { used: number; free: number; waiting: number } {
    const { pool } = this.#pool.knex.client as {
      pool: { numUsed(): number; numFree(): number; numPendingAcquires(): number };
    };
    return { used: pool.numUsed(), free: pool.numFree(), waiting: pool.numPendingAcquires() };
  }

  async #run<T>(
    work: (db: UnitOfWork) => PromiseLike<T>,
    config: Knex.TransactionConfig,
    { idleSeconds: longest = 0, mayBeOutage = () => false }: TransactionOptions = {},
  ): Promise<T> {
    let givenUp: { error: unknown } | null = null;
    try {
      return await this.#pool.knex.transaction(async (trx) => {
        const { unit, end } = bindUnitOfWork(trx);
        const allowance = await this.#allowanceOf(trx, unit, longest);
        try {
          const result = await work(unit);
          await allowance?.takeBack();
          return result;
        } catch (error) {
          const connection = await this.#connectionOf(trx);
          // What is still running would be waited for, and what was allowed to be idle would stay so.
          if (connection && (connection.busy || allowance?.given)) {
            const lost = connection.busy && mayBeOutage(error) && !(await this.#isWorking(connection));
            givenUp = { error: lost ? connectionLost(error) : error };
            this.#endSession(connection);
          }
          throw error;
        } finally {
          allowance?.stop();
          end();
        }
      }, config);
    } catch (error) {
      // The work's own error, and not that its rollback found no connection any more.
      throw (givenUp as { error: unknown } | null)?.error ?? error;
    }
  }

  /** Null for work that may be silent for no longer than every session. */
  async #allowanceOf(trx: Knex.Transaction, unit: UnitOfWork, longest: number): Promise<IdleAllowance | null> {
    const usual = this.#pool.idleSessionSeconds;
    const connection = longest > usual && (await this.#connectionOf(trx));
    return connection ? new IdleAllowance(unit, connection, { usual, longest: Math.ceil(longest) }) : null;
  }

  async #connectionOf(trx: Knex.Transaction): Promise<BoundedConnection | undefined> {
    const { client } = trx as unknown as { client: { acquireConnection(): Promise<object> } };
    return this.#pool.boundOf(await client.acquireConnection());
  }

  /** Whether the server is working on a statement of this session. */
  async #isWorking({ sessionId }: BoundedConnection): Promise<boolean> {
    try {
      const [rows] = (await this.#pool.knex.raw(
        'SELECT command AS command FROM information_schema.processlist WHERE id = ?',
        [sessionId],
      )) as [{ command: string }[], unknown];
      return rows.some(({ command }) => command !== 'Sleep');
    } catch {
      // Whatever keeps it from answering keeps it from working for us.
      return false;
    }
  }

  /** Drops a connection and has the server stop what it is doing for it. */
  #endSession(connection: BoundedConnection): void {
    const { sessionId } = connection;
    connection.interrupt('its work was given up');
    this.#pool.knex.raw(`KILL ${sessionId}`).catch(() => {
      // It has noticed by itself, or cannot be reached: then the bound on idle sessions ends it.
    });
  }
}

/** What an outage looks like to {@link databaseErrorKind}. */
const connectionLost = (cause: unknown) =>
  Object.assign(new Error('the database had not answered when the time was up', { cause }), {
    code: 'ETIMEDOUT',
    fatal: true,
  });

/** Opens the database. Nothing connects before the first unit of work. */
export function openDatabase(options: ConnectionOptions): Database {
  return new Database(openPool(options));
}
