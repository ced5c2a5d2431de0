/**
 * The statements of one unit of work, on one connection of a pool: a transaction, or one for each statement where the pool has it so.
 *
 * ```
 *   idle --first statement--> open --commit()----> over
 *                               |  --rollback()--> over
 *                               +--deadlock: the server has rolled back--> lost: nothing more is sent, and commit() throws
 * ```
 *
 * Sessions for transactions have `autocommit = 0`, so that the first statement begins one and none is spent on saying so. What has sent
 * nothing has nothing to end, and neither has what reads, of which each statement has ended by itself.
 */
import type { Knex } from 'knex';
import type { BoundedConnection } from './bounded-statements';
import type { Pool } from './pool';
import { queryBuilders } from './query-builders';

/** A query was asked of a unit of work whose transaction is over. It would have run outside of every transaction. */
export class UnitOfWorkEndedError extends Error {
  readonly code = 'UNIT_OF_WORK_ENDED';
  readonly retryable = false;
  constructor(what: string) {
    super(`${what} was queried after its unit of work had ended: await every query before the work returns`);
    this.name = 'UnitOfWorkEndedError';
  }
}

/** The server's error number for a transaction that it has rolled back, as another one was in its way. */
const deadlock = 1213;

export class Transaction {
  readonly connection: BoundedConnection;
  readonly #pool: Pool;
  #builders: Knex | null = null;
  #ended = false;
  #open = false;
  #lost: Error | null = null;

  constructor(connection: BoundedConnection, pool: Pool) {
    this.connection = connection;
    this.#pool = pool;
  }

  /** Query builders of knex whose statements run in this transaction: what Objection takes for one of knex's own. */
  get builders(): Knex {
    return (this.#builders ??= queryBuilders(this.#pool.knex, this.connection, (sql, values) =>
      this.send(sql, values),
    ));
  }

  /**
   * Runs one statement: what the driver makes of its answer, and of the columns if it has any.
   *
   * @throws UnitOfWorkEndedError when the work is over; the server's or the driver's error, which begins with the statement
   */
  async send(sql: string, values?: readonly unknown[]): Promise<readonly [unknown, unknown]> {
    if (this.#ended) throw new UnitOfWorkEndedError('A statement');
    if (this.#lost !== null) throw this.#lost;
    if (values?.includes(undefined)) throw new TypeError(`a value is undefined, for which SQL has no word: ${sql}`);
    this.#open = !this.#pool.autocommit;
    try {
      return await this.connection.query(sql, values);
    } catch (error) {
      if (error instanceof Error && 'errno' in error && error.errno === deadlock) this.#lost = error;
      throw error;
    }
  }

  /** Whether the work is over. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Refuses every further statement of the work. */
  end(): void {
    this.#ended = true;
  }

  async commit(): Promise<void> {
    if (this.#lost !== null) throw this.#lost;
    if (this.#open) await this.connection.query('COMMIT');
  }

  /** Rejects when the server does not say in time that it has. */
  async rollback(): Promise<void> {
    if (this.#open) await this.connection.query('ROLLBACK');
  }
}
