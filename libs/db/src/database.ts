/**
 * The database as the rest of the system sees it: no handle to query, only units of work.
 *
 * ```
 *   transaction(work)   work(db) -> COMMIT     work throws -> ROLLBACK, and the error goes on
 *   read(work)          work(db)               a write inside is an error
 * ```
 */
import type { Knex } from 'knex';
import type { BoundedConnection } from './bounded-statements';
import type { ConnectionOptions } from './connection';
import { databaseErrorKind } from './errors';
import { IdleAllowance } from './idle-allowance';
import { openPools, type Pool, type Pools } from './pool';
import { Transaction } from './transaction';
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
  readonly #pools: Pools;
  readonly #escort: Escort | undefined;
  readonly #tries: number;

  constructor(pools: Pools, { escort, tries = 1 }: { escort?: Escort; tries?: number } = {}) {
    this.#pools = pools;
    this.#escort = escort;
    this.#tries = tries;
  }

  /** The same database and its pool, with an escort for every transaction. */
  escorted(escort: Escort): Database {
    return new Database(this.#pools, { escort, tries: this.#tries });
  }

  /**
   * The same database and its pool, that runs a transaction again when another one was in its way (a deadlock, a lock waited for in
   * vain): so many times in all, with work that has no effects elsewhere.
   */
  patient(tries = 5): Database {
    return new Database(this.#pools, { ...(this.#escort && { escort: this.#escort }), tries });
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
    if (!this.#escort) return this.#run(work, options);
    return this.#escort((along) => {
      const accompanied = async (db: UnitOfWork) => {
        const result = await work(db);
        await along(db);
        return result;
      };
      return this.#run(accompanied, options);
    }, options.about);
  }

  /** Runs work that only reads: each statement what was committed when it began. The server refuses writes. */
  read<T>(work: (db: UnitOfWork) => PromiseLike<T>): Promise<T> {
    return this.#run(work, { readOnly: true });
  }

  /** Closes every connection, waiting for the queries under way. */
  async close(): Promise<void> {
    await Promise.all(this.#knexes().map((knex) => knex.destroy()));
  }

  /** Connections that are in use, idle in the pool, and asked for in vain so far. */
  poolUse(): { used: number; free: number; waiting: number } {
    const pools = this.#knexes().map((knex) => (knex.client as { pool: TarnPool }).pool);
    const sum = (of: (pool: TarnPool) => number) => pools.reduce((total, pool) => total + of(pool), 0);
    return {
      used: sum((pool) => pool.numUsed()),
      free: sum((pool) => pool.numFree()),
      waiting: sum((pool) => pool.numPendingAcquires()),
    };
  }

  #knexes(): Knex[] {
    return [this.#pools.transactions.knex, this.#pools.readings.knex];
  }

  async #run<T>(
    work: (db: UnitOfWork) => PromiseLike<T>,
    { readOnly = false, idleSeconds = 0, mayBeOutage = () => false }: RunOptions = {},
  ): Promise<T> {
    const pool = readOnly ? this.#pools.readings : this.#pools.transactions;
    const { connection, giveBack } = await pool.take();
    const transaction = new Transaction(connection, pool);
    const unit = bindUnitOfWork(transaction);
    const allowance = allowanceOf(pool, unit, connection, idleSeconds);
    try {
      const result = await work(unit);
      await allowance?.takeBack();
      transaction.end();
      await transaction.commit();
      return result;
    } catch (error) {
      allowance?.stop();
      transaction.end();
      // What is still running would be waited for, and what was allowed to be idle would stay so.
      if (!connection.busy && allowance?.given !== true) {
        await this.#rollBack(transaction);
        throw error;
      }
      const lost = connection.busy && mayBeOutage(error) && !(await this.#isWorking(connection));
      this.#endSession(connection);
      throw lost ? connectionLost(error) : error;
    } finally {
      giveBack();
    }
  }

  async #rollBack(transaction: Transaction): Promise<void> {
    try {
      await transaction.rollback();
    } catch {
      // The server rolls back what it has heard no end of, once the connection is gone; the work's own error goes on.
      transaction.connection.interrupt('it did not roll back');
    }
  }

  /** Whether the server is working on a statement of this session. */
  async #isWorking({ sessionId }: BoundedConnection): Promise<boolean> {
    try {
      const rows = await this.read((db) =>
        db.rows<{ command: string }>('SELECT command AS command FROM information_schema.processlist WHERE id = ?', [
          sessionId,
        ]),
      );
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
    this.#run((db) => db.execute(`KILL ${sessionId}`)).catch(() => {
      // It has noticed by itself, or cannot be reached: then the bound on idle sessions ends it.
    });
  }
}

/** Null for work that may be silent for no longer than every session. */
function allowanceOf(
  { idleSessionSeconds: usual }: Pool,
  unit: UnitOfWork,
  connection: BoundedConnection,
  longest: number,
): IdleAllowance | null {
  return longest > usual ? new IdleAllowance(unit, connection, { usual, longest: Math.ceil(longest) }) : null;
}

/** What knex lends connections from. */
interface TarnPool {
  numUsed(): number;
  numFree(): number;
  numPendingAcquires(): number;
}

type RunOptions = Pick<TransactionOptions, 'idleSeconds' | 'mayBeOutage'> & { readOnly?: boolean };

/** What an outage looks like to {@link databaseErrorKind}. */
const connectionLost = (cause: unknown) =>
  Object.assign(new Error('the database had not answered when the time was up', { cause }), {
    code: 'ETIMEDOUT',
    fatal: true,
  });

/** Opens the database. Nothing connects before the first unit of work. */
export function openDatabase(options: ConnectionOptions): Database {
  return new Database(openPools(options));
}
