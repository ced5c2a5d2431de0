import type { Knex } from 'knex';

/** Sends one statement; resolves with the driver's answer and columns. */
type Send = (sql: string, values: readonly unknown[] | undefined) => Promise<readonly [unknown, unknown]>;

/** What knex hands its client to send, and takes the answer from. */
interface KnexStatement {
  sql: string;
  bindings?: readonly unknown[];
  response?: readonly [unknown, unknown];
}

/** What knex asks of a client to run a builder's statement. */
interface KnexClient {
  acquireConnection: () => Promise<object>;
  releaseConnection: () => Promise<void>;
  query: (connection: object, asked: string | KnexStatement) => Promise<KnexStatement>;
}

/**
 * The query builders of a pool, on one connection of it, with every statement sent through one function.
 *
 * For each of its own transactions knex builds a whole instance anew, with some two hundred functions and eight listeners: a tenth of the
 * time that a light task takes. This one has all of the pool's, but for how statements are sent. It is what Objection asks of a
 * transaction; it cannot commit, or begin another.
 */
export function queryBuilders(pool: Knex, connection: object, send: Send): Knex {
  const client = Object.create(pool.client as object) as KnexClient;
  client.acquireConnection = () => Promise.resolve(connection);
  client.releaseConnection = () => Promise.resolve();
  client.query = async (_connection, asked) => {
    const statement = typeof asked === 'string' ? { sql: asked } : asked;
    statement.response = await send(statement.sql, statement.bindings);
    return statement;
  };
  // A knex finds its client by its context.
  const builders = Object.create(pool) as Knex & { context: object };
  builders.context = Object.assign(Object.create((pool as typeof builders).context) as object, { client });
  return builders;
}
