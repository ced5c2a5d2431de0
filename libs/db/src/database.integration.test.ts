/** What bounds a transaction when a statement, a task or a whole host does not come to an end. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { type Database, openDatabase } from './database';
import { databaseErrorKind } from './errors';
import { newId } from './ids';
import { Account } from './models';
import { migratedDatabase, type MigratedDatabase } from './testing';
import type { UnitOfWork } from './unit-of-work';

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home.drop());

/** Opens the test's database once more, with bounds of one's own. */
async function opened<T>(
  options: { statementSeconds?: number; idleSessionSeconds?: number },
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = openDatabase({ url: home.url, lockWaitSeconds: 20, ...options });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** What the sessions of this database are doing, but for the one that asks. */
async function sessions(): Promise<string[]> {
  const connection = await createConnection(home.url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT info FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() AND info IS NOT NULL',
    );
    return rows.map((row) => String(row['info'] ?? row['INFO']));
  } finally {
    await connection.end();
  }
}

const lock = (name: string) => `UPDATE accounts SET name = name WHERE name = '${name}'`;
const account = async () => {
  const name = newId();
  await home.database.transaction((db) => db(Account).insert({ id: newId(), name }));
  return name;
};

/** How long the server lets this session be silent. */
const idleSecondsOf = async (db: UnitOfWork) =>
  (await db.rows<{ seconds: number }>('SELECT @@wait_timeout AS seconds'))[0]?.seconds;

test('a statement that is not answered in time counts as an outage, and its connection is thrown away', async () => {
  await opened({ statementSeconds: 0.2 }, async (database) => {
    const error: unknown = await database.read((db) => db.rows('SELECT SLEEP(25)')).catch((one: unknown) => one);
    expect(databaseErrorKind(error)).toBe('unavailable');
    expect(await database.read((db) => db.rows('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });
});

test('work given up in the middle of a statement is not waited for: its error goes on, and its locks are gone', async () => {
  await opened({}, async (database) => {
    const name = await account();
    const given = new Error('given up');
    const work = database.transaction(async (db) => {
      await db.execute(lock(name));
      void db.rows('SELECT SLEEP(300)').catch(() => undefined);
      while (!(await sessions()).some((info) => info.includes('SLEEP'))) continue;
      throw given;
    });
    await expect(work).rejects.toBe(given);
    await database.transaction((db) => db.execute(lock(name)));
    // Longer than a test may take by itself: somebody has to end it.
    while ((await sessions()).some((info) => info.includes('SLEEP'))) continue;
  });
});

/** A way to the test's database that can fall silent: what is connected hears nothing more, and nobody else gets through. */
async function silenceable() {
  const { hostname, port } = new URL(home.url);
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.on('data', (chunk) => {
        if (!silent) to.write(chunk);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(home.url);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    silence: () => {
      silent = true;
      server.close();
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test('work given up while the server is silent is an outage where it may be one, and else what it was given up for', async () => {
  const given = new Error('time is up');
  for (const mayBe of [true, false]) {
    const way = await silenceable();
    const database = openDatabase({ url: way.url });
    try {
      const work = database.transaction(
        async (db) => {
          await db.rows('SELECT 1');
          way.silence();
          void db.rows('SELECT 2').catch(() => undefined);
          throw given;
        },
        { mayBeOutage: () => mayBe },
      );
      const error: unknown = await work.catch((one: unknown) => one);
      expect({ mayBe, kind: databaseErrorKind(error), error: error === given }).toEqual({
        mayBe,
        kind: mayBe ? 'unavailable' : 'other',
        error: !mayBe,
      });
    } finally {
      way.close();
      await database.close();
    }
  }
});

test('work given up in the middle of a statement that the server works on is never an outage', async () => {
  const given = new Error('time is up');
  await opened({}, async (database) => {
    const work = database.transaction(
      async (db) => {
        void db.rows('SELECT SLEEP(300)').catch(() => undefined);
        while (!(await sessions()).some((info) => info.includes('SLEEP'))) continue;
        throw given;
      },
      { mayBeOutage: () => true },
    );
    await expect(work).rejects.toBe(given);
  });
});

test('a session that holds a lock and says nothing is ended by the server, unless its work may pause for longer', async () => {
  const [silent, patient] = [await account(), await account()];
  await opened({ idleSessionSeconds: 1 }, async (database) => {
    let go: () => void = () => undefined;
    const told = new Promise<void>((resolve) => (go = resolve));
    let locked = 0;
    const pausing = (name: string) => async (db: Parameters<Parameters<Database['transaction']>[0]>[0]) => {
      await db.execute(lock(name));
      locked++;
      await told;
      await db.execute(lock(name));
      return 'done';
    };
    const hangs = database.transaction(pausing(silent)).catch((error: unknown) => databaseErrorKind(error));
    const works = database.transaction(pausing(patient), { idleSeconds: 30 });
    while (locked < 2) await new Promise((resolve) => setImmediate(resolve));
    // The lock is waited for, and comes when the server has ended the session of who held it.
    await opened({}, (other) => other.transaction((db) => db.execute(lock(silent))));
    go();
    expect(await hangs).toBe('unavailable');
    expect(await works).toBe('done');
    expect(await database.read(idleSecondsOf)).toBe(1);
  });
});

test('work that is never silent asks for no longer silence', async () => {
  await opened({ idleSessionSeconds: 5 }, async (database) => {
    expect(await database.transaction(idleSecondsOf, { idleSeconds: 30 })).toBe(5);
  });
});

test('a connection that may have been idle for longer is not used again when its work fails', async () => {
  await opened({ idleSessionSeconds: 5 }, async (database) => {
    const pauses = async (db: UnitOfWork) => {
      while ((await idleSecondsOf(db)) === 5) await sleep(100);
      throw new Error('on purpose');
    };
    await expect(database.transaction(pauses, { idleSeconds: 30 })).rejects.toThrow('on purpose');
    expect(await database.read(idleSecondsOf)).toBe(5);
  });
});

describe('work that another transaction is in the way of', () => {
  /** Has the server choose the work's transaction as the victim of a deadlock, the first time that it runs. */
  async function deadlocked(
    database: Database,
    meet: (statement: Promise<unknown>, db: UnitOfWork) => Promise<unknown> = (statement) => statement,
  ): Promise<{ runs: number; done: Promise<void> }> {
    const [mine, theirs] = [await account(), await account()];
    const other = await createConnection(home.url);
    await other.beginTransaction();
    // Who has written more is not the victim.
    for (let row = 0; row < 5; row++) await other.query('INSERT INTO accounts (id, name) VALUES (UUID(), UUID())');
    await other.query(lock(theirs));
    const state = { runs: 0, done: Promise.resolve() };
    const holding = new Promise<void>((resolve) => {
      state.done = database.transaction(async (db) => {
        state.runs++;
        await db.execute(lock(mine));
        resolve();
        await meet(db.execute(lock(theirs)), db);
      });
    });
    state.done.catch(() => undefined);
    await holding;
    await other.query(lock(mine));
    await other.rollback();
    await other.end();
    return state;
  }

  test('is run again by a patient database', async () => {
    const state = await deadlocked(home.database.patient());
    await state.done;
    expect(state.runs).toBe(2);
  });

  test('has its error passed on by another, and once its tries are used up', async () => {
    for (const database of [home.database, home.database.patient(1)]) {
      const state = await deadlocked(database);
      expect(databaseErrorKind(await state.done.catch((error: unknown) => error))).toBe('conflict');
      expect(state.runs).toBe(1);
    }
  });

  test('commits nothing of what it does when it takes no notice', async () => {
    const name = newId();
    const state = await deadlocked(home.database, async (statement, db) => {
      await statement.catch(() => undefined);
      await db(Account)
        .insert({ id: newId(), name })
        .catch(() => undefined);
    });
    expect(databaseErrorKind(await state.done.catch((error: unknown) => error))).toBe('conflict');
    expect(await home.database.read((db) => db(Account).where({ name }))).toEqual([]);
  });
});
