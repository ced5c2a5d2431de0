/**
 * The database as the rest of the system sees it: no handle to query, only units of work.
 *
 * ```
 *   transaction(work)   work(db) -> COMMIT                                    work throws -> ROLLBACK, and the error goes on
 *   read(work)          START TRANSACTION READ ONLY -> work(db) -> COMMIT     a write inside is an error
 * ```
 */
import type { BoundedConnection } from './bounded-statements';
import { type ConnectionOptions, openPool, type Pool } from './connection';
import { databaseErrorKind } from './errors';
import { IdleAllowance } from './idle-allowance';
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
    { readOnly = false, idleSeconds = 0, mayBeOutage = () => false }: RunOptions = {},
  ): Promise<T> {
    const { connection, giveBack } = await this.#pool.take();
    const transaction = new Transaction(connection, this.#pool.knex);
    const unit = bindUnitOfWork(transaction);
    const allowance = this.#allowanceOf(unit, connection, idleSeconds);
    try {
      if (readOnly) await transaction.send('START TRANSACTION READ ONLY');
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

  /** Null for work that may be silent for no longer than every session. */
  #allowanceOf(unit: UnitOfWork, connection: BoundedConnection, longest: number): IdleAllowance | null {
    const usual = this.#pool.idleSessionSeconds;
    return longest > usual ? new IdleAllowance(unit, connection, { usual, longest: Math.ceil(longest) }) : null;
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

type RunOptions = Pick<TransactionOptions, 'idleSeconds' | 'mayBeOutage'> & { readOnly?: boolean };

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
