import type { Knex } from 'knex';
import type { BoundedConnection } from './bounded-statements';
import { connectionDefaults, type ConnectionOptions, openKnex } from './connection';

/** Sessions that are lent to one unit of work at a time. */
export interface Pool {
  /** Its query builders, and how it is closed. */
  readonly knex: Knex;
  readonly idleSessionSeconds: number;
  /** Whether each statement is a transaction of its own; otherwise the first begins one, which has to be ended. */
  readonly autocommit: boolean;
  /** Lends a connection, that nobody else has until `giveBack`. */
  take(): Promise<{ connection: BoundedConnection; giveBack: () => void }>;
}

/** A database has a pool of each kind. */
export interface Pools {
  /** In which every statement begins a transaction or belongs to one, and none is spent on saying so. */
  readonly transactions: Pool;
  /** In which every statement is a transaction of its own that may only read: none is spent on beginning and ending it. */
  readonly readings: Pool;
}

/**
 * Opens both pools. Nothing connects before the first session is taken.
 *
 * What only reads needs half as many sessions: it has one for the time of a statement or two.
 *
 * @throws TypeError for a server that cannot be spoken to in that way
 */
export function openPools(options: ConnectionOptions): Pools {
  const poolSize = options.poolSize ?? connectionDefaults.poolSize;
  return {
    transactions: openPool({ ...options, poolSize }, { session: 'SET SESSION autocommit = 0', autocommit: false }),
    readings: openPool(
      { ...options, poolSize: Math.ceil(poolSize / 2) },
      { session: 'SET SESSION TRANSACTION READ ONLY', autocommit: true },
    ),
  };
}

function openPool(options: ConnectionOptions, { session, autocommit }: { session: string; autocommit: boolean }): Pool {
  const bounds = new WeakMap<object, BoundedConnection>();
  const knex = openKnex(options, {
    session: [session],
    onBounded: (connection, bounded) => bounds.set(connection, bounded),
  });
  const client = knex.client as { acquireConnection(): Promise<object>; releaseConnection(one: object): Promise<void> };
  return {
    knex,
    idleSessionSeconds: options.idleSessionSeconds ?? connectionDefaults.idleSessionSeconds,
    autocommit,
    take: async () => {
      const taken = await client.acquireConnection();
      const connection = bounds.get(taken);
      if (!connection) throw new TypeError('a connection was lent that has not been prepared');
      return { connection, giveBack: () => void client.releaseConnection(taken) };
    },
  };
}
