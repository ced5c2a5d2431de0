import knexPackage, { type Knex } from 'knex';
import type { Connection } from 'mysql2';
import { BoundedConnection } from './bounded-statements';
import { hostOf } from './server/loopback';
import { type DatabaseServer, explainTls, sslOptions, tlsProblem } from './server/tls';
import { traceStatements } from './statement-spans';

const { knex } = knexPackage;

export interface ConnectionOptions extends DatabaseServer {
  /** Largest number of connections held at once for transactions, and half as many again for what only reads. */
  poolSize?: number;
  /** How long a statement waits for a row that another transaction holds, in seconds. */
  lockWaitSeconds?: number;
  /**
   * How long the server keeps a session that says nothing, in seconds: the bound on the row locks of a host that died without
   * closing its connections. Work that may pause for longer says so; see {@link Database.transaction}.
   */
  idleSessionSeconds?: number;
  /** How long a statement may take, in seconds, until the server counts as gone. */
  statementSeconds?: number;
  /** How long a query waits for a connection, in seconds. */
  connectSeconds?: number;
  /** Prepares each new connection before anybody gets it; when it throws, the connection is thrown away. */
  onConnect?: (connection: Connection) => Promise<void>;
}

export const connectionDefaults = {
  poolSize: 10,
  lockWaitSeconds: 3,
  idleSessionSeconds: 90,
  statementSeconds: 30,
  connectSeconds: 30,
} satisfies Partial<ConnectionOptions>;

interface SessionOptions {
  /** What sessions are told besides, before anybody has them. */
  session?: readonly string[];
  /** Told of the bound of each connection. */
  onBounded?: (connection: object, bounded: BoundedConnection) => void;
}

/** Opens knex on sessions of which each statement is a transaction of its own, unless told otherwise. */
export function openKnex(options: ConnectionOptions, { session = [], onBounded }: SessionOptions = {}): Knex {
  const { poolSize, lockWaitSeconds, idleSessionSeconds, statementSeconds, connectSeconds, onConnect } = {
    ...connectionDefaults,
    ...options,
  };
  const address = addressOf(options);
  const ssl = sslOptions(options);
  const statements = [
    // READ COMMITTED takes no gap locks, so tasks that insert side by side do not wait for each other.
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
    `SET SESSION innodb_lock_wait_timeout = ${lockWaitSeconds}, wait_timeout = ${idleSessionSeconds}, time_zone = '+00:00'`,
    ...session,
  ];
  const prepare = async (connection: Connection) => {
    onBounded?.(connection, new BoundedConnection(connection, statementSeconds));
    for (const statement of statements) await connection.promise().query(statement);
    await onConnect?.(connection);
    traceStatements(connection, address);
  };
  const pool = knex({
    client: 'mysql2',
    connection: {
      ...address,
      ...(ssl && { ssl }),
      charset: 'utf8mb4',
      timezone: 'Z',
      connectTimeout: 10_000,
      enableKeepAlive: true,
      keepAliveInitialDelay: 10_000,
      // None is prepared, and mysql2 makes room for 16,000: half a megabyte for each connection.
      maxPreparedStatements: 1,
    },
    pool: {
      min: 0,
      max: poolSize,
      createTimeoutMillis: connectSeconds * 1000,
      // Given back before the server takes them.
      idleTimeoutMillis: Math.ceil((idleSessionSeconds * 1000) / 3),
      // A refusal is passed on at once: whoever asks knows better how long to go on.
      propagateCreateError: true,
      afterCreate: (connection: Connection, done: (error: Error | null, connection: Connection) => void) => {
        prepare(connection).then(
          () => done(null, connection),
          (error: unknown) => {
            connection.destroy();
            done(error instanceof Error ? error : new Error(String(error)), connection);
          },
        );
      },
    },
    // Whoever asked is told by an error of what knex would print besides.
    log: { debug: silent, warn: silent, error: silent, deprecate: silent },
    acquireConnectionTimeout: connectSeconds * 1000,
  });
  explainRefusals(pool, options);
  return pool;
}

const silent = () => undefined;

/** Has the pool's connections say why a server was not believed. */
function explainRefusals(pool: Knex, server: DatabaseServer): void {
  const client = pool.client as { acquireRawConnection(): Promise<object> };
  const connect = client.acquireRawConnection.bind(client);
  client.acquireRawConnection = async () => {
    try {
      return await connect();
    } catch (error) {
      throw explainTls(server, error);
    }
  };
}

function addressOf(server: DatabaseServer) {
  const { url } = server;
  const { protocol, port, username, password, pathname } = new URL(url);
  if (!/^(mysql|mariadb):$/.test(protocol)) {
    throw new TypeError(`DATABASE_URL must begin with mysql:// and not with ${protocol}//`);
  }
  const problem = tlsProblem(server);
  if (problem !== null) throw new TypeError(`DATABASE_URL: ${problem}`);
  return {
    host: hostOf(url),
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}
