import type { Knex } from 'knex';
import type { Model, ModelClass, PartialModelObject, QueryBuilderType } from 'objection';
import type { ResultSetHeader } from 'mysql2';
import { perStatement } from './statement-size';

/** A query was asked of a unit of work whose transaction is over. It would have run outside of every transaction. */
export class UnitOfWorkEndedError extends Error {
  readonly code = 'UNIT_OF_WORK_ENDED';
  readonly retryable = false;
  constructor(what: string) {
    super(`${what} was queried after its unit of work had ended: await every query before the work returns`);
    this.name = 'UnitOfWorkEndedError';
  }
}

/**
 * One database transaction with the Objection models bound to it: `db(Mail)` is a query builder inside the transaction.
 *
 * It is handed to the work that runs in it and to nobody else. Models are bound to no database of their own, so this is the
 * only way to query, and it throws once the transaction has ended.
 */
export interface UnitOfWork {
  /** A query on a model, inside this transaction. Throws {@link UnitOfWorkEndedError} when the transaction is over. */
  <M extends Model>(model: ModelClass<M>): QueryBuilderType<M>;
  /** Inserts many rows of a model with few statements, in their order. */
  insertAll<M extends Model>(model: ModelClass<M>, rows: readonly PartialModelObject<M>[]): Promise<void>;
  /** Runs one statement that reads; returns its rows. */
  rows<Row>(sql: string, bindings?: readonly unknown[]): Promise<Row[]>;
  /** Runs one statement that writes; returns the server's answer (`affectedRows`, `insertId`). */
  execute(sql: string, bindings?: readonly unknown[]): Promise<ResultSetHeader>;
}

/** Binds a transaction to a unit of work. `end` makes every further use throw. */
export function bindUnitOfWork(trx: Knex.Transaction): { unit: UnitOfWork; end: () => void } {
  let ended = false;
  const assertOpen = (what: string) => {
    if (ended) throw new UnitOfWorkEndedError(what);
  };
  const raw = async (sql: string, bindings: readonly unknown[]): Promise<unknown> => {
    assertOpen('A statement');
    const [answer] = (await trx.raw(sql, bindings as Knex.RawBinding[])) as [unknown, unknown];
    return answer;
  };
  const unit = Object.assign(
    <M extends Model>(model: ModelClass<M>): QueryBuilderType<M> => {
      assertOpen(model.name);
      // A builder made in time and awaited too late is refused by the transaction itself.
      return model.query(trx);
    },
    {
      // Objection inserts several rows at once on PostgreSQL alone; its models still say how a row is written.
      insertAll: async <M extends Model>(model: ModelClass<M>, rows: readonly PartialModelObject<M>[]) => {
        const written = rows.map((row) => model.fromJson(row).$toDatabaseJson());
        for (const part of perStatement(written)) {
          assertOpen(model.name);
          await trx(model.tableName).insert(part);
        }
      },
      rows: async <Row>(sql: string, bindings: readonly unknown[] = []) => (await raw(sql, bindings)) as Row[],
      execute: async (sql: string, bindings: readonly unknown[] = []) => (await raw(sql, bindings)) as ResultSetHeader,
    },
  );
  return {
    unit,
    end: () => {
      ended = true;
    },
  };
}
