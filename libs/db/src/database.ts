/**
 * The database as the rest of the system sees it: no handle to query, only units of work.
 *
 * ```
 *   transaction(work)   BEGIN -> work(db) -> COMMIT        work throws -> ROLLBACK, and the error goes on
 *   read(work)          START TRANSACTION READ ONLY -> work(db) -> COMMIT     a write inside is an error
 * ```
 */
import type { Knex } from 'knex';
import { type ConnectionOptions, openPool } from './connection';
import { bindUnitOfWork, type UnitOfWork } from './unit-of-work';

export class Database {
  readonly #pool: Knex;

  constructor(pool: Knex) {
    this.#pool = pool;
  }

  /** Runs work in one transaction: all of its effects or none. Errors of the work and of the database are passed on as they are. */
  transaction<T>(work: (db: UnitOfWork) => PromiseLike<T>): Promise<T> {
    return this.#run(work, {});
  }

  /** Runs work that only reads, on one consistent snapshot of each statement; the server refuses writes. */
  read<T>(work: (db: UnitOfWork) => PromiseLike<T>): Promise<T> {
    return this.#run(work, { readOnly: true });
  }

  /** Closes every connection, waiting for the queries under way. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }

  /** Connections that are in use, idle in the pool, and asked for in vain so far. */
  poolUse(): { used: number; free: number; waiting: number } {
    const { pool } = this.#pool.client as {
      pool: { numUsed(): number; numFree(): number; numPendingAcquires(): number };
    };
    return { used: pool.numUsed(), free: pool.numFree(), waiting: pool.numPendingAcquires() };
  }

  #run<T>(work: (db: UnitOfWork) => PromiseLike<T>, config: Knex.TransactionConfig): Promise<T> {
    return this.#pool.transaction(async (trx) => {
      const { unit, end } = bindUnitOfWork(trx);
      try {
        return await work(unit);
      } finally {
        end();
      }
    }, config);
  }
}

/** Opens the database. Nothing connects before the first unit of work. */
export function openDatabase(options: ConnectionOptions): Database {
  return new Database(openPool(options));
}
