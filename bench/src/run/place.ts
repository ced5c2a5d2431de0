import { randomBytes } from 'node:crypto';
import { Account, type Database, migrate, newId, openDatabase } from '@sorting-office/db';
import { Management, type Servers } from '@sorting-office/stack';
import { createConnection } from 'mysql2/promise';

/** A migrated database and a virtual host of one run's own: no run finds what another has left. */
export interface Place {
  /** Where the servers have their data: the mark of what belongs to them. */
  home: string;
  databaseUrl: string;
  amqpUrl: string;
  database: Database;
  accountId: string;
  /** Runs a statement by itself, on a connection of its own. */
  statement(sql: string): Promise<unknown>;
  remove(): Promise<void>;
}

export async function makePlace({ database: server, broker, home }: Servers): Promise<Place> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const databaseUrl = withPath(server.url, name);
  await runStatement(server.url, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const management = new Management(broker.managementUrl);
  await management.request('PUT', `/api/vhosts/${name}`, {});
  await management.request('PUT', `/api/permissions/${name}/${new URL(broker.url).username || 'guest'}`, {
    ...{ configure: '.*', write: '.*', read: '.*' },
  });
  await migrate({ url: databaseUrl });
  const database = openDatabase({ url: databaseUrl });
  const accountId = newId();
  await database.transaction((db) => db(Account).insert({ id: accountId, name: 'bench' }));
  return {
    home,
    ...{ databaseUrl, amqpUrl: withPath(broker.url, name), database, accountId },
    statement: (sql) => runStatement(databaseUrl, sql),
    remove: async () => {
      await database.close();
      await management.request('DELETE', `/api/vhosts/${name}`);
      await runStatement(server.url, `DROP DATABASE ${name}`);
    },
  };
}

/** Works in a place, which is gone afterwards. */
export async function inPlace<T>(servers: Servers, work: (place: Place) => Promise<T>): Promise<T> {
  const place = await makePlace(servers);
  try {
    return await work(place);
  } finally {
    await place.remove();
  }
}

function withPath(address: string, path: string): string {
  const url = new URL(address);
  url.pathname = `/${path}`;
  return url.href;
}

async function runStatement(url: string, sql: string): Promise<unknown> {
  const connection = await createConnection(url);
  try {
    const [answer] = await connection.query(sql);
    return answer;
  } finally {
    await connection.end();
  }
}
