import type { Model, ModelClass, PartialModelObject, QueryBuilderType } from 'objection';
import type { ResultSetHeader } from 'mysql2';
import { perStatement } from './statement-size';
import { type Transaction, UnitOfWorkEndedError } from './transaction';

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

/** Binds a transaction to a unit of work. */
export function bindUnitOfWork(transaction: Transaction): UnitOfWork {
  const assertOpen = (what: string) => {
    if (transaction.ended) throw new UnitOfWorkEndedError(what);
  };
  return Object.assign(
    <M extends Model>(model: ModelClass<M>): QueryBuilderType<M> => {
      assertOpen(model.name);
      // A builder made in time and awaited too late is refused by the transaction itself.
      return model.query(transaction.builders);
    },
    {
      // Objection inserts several rows at once on PostgreSQL alone; its models still say how a row is written.
      insertAll: async <M extends Model>(model: ModelClass<M>, rows: readonly PartialModelObject<M>[]) => {
        const written = rows.map((row) => model.fromJson(row).$toDatabaseJson());
        for (const part of perStatement(written)) {
          assertOpen(model.name);
          await transaction.builders.queryBuilder().table(model.tableName).insert(part);
        }
      },
      rows: async <Row>(sql: string, bindings: readonly unknown[] = []) =>
        (await transaction.send(sql, bindings))[0] as Row[],
      execute: async (sql: string, bindings: readonly unknown[] = []) =>
        (await transaction.send(sql, bindings))[0] as ResultSetHeader,
    },
  );
}
