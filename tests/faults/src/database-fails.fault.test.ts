/** MySQL that dies, restarts, loses a table, refuses writes or connections, and lets transactions get in each other's way. */
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { faults } from './testing/fault-test';
import type { Office } from './testing/office';
import { until } from './testing/until';
import type { WorkerProcess } from './testing/worker-process';
import { batch, locks, parent, stumbles, writes } from './worker/tasks';

const fault = faults({ onServers: true });

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_one, index) => make(index));

fault('killed and started again, twice under load', {}, async (office) => {
  await enqueueLoad(office);
  await office.startWorkers(2);
  for (const ended of [50, 250]) {
    await office.hasEnded(ended);
    await office.servers.database.kill();
    await office.servers.database.start();
  }
});

fault('stopped and restarted under load', {}, async (office) => {
  await enqueueLoad(office);
  await office.startWorkers(2);
  await office.hasEnded(100);
  await office.servers.database.restart();
});

fault.each(['tasks', 'batches'] as const)(
  'the table %s is taken away, and comes back',
  () => ({}),
  async (office, _random, table) => {
    await enqueueLoad(office);
    const workers = await office.startWorkers(2);
    await office.hasEnded(100);
    await office.admin.execute(`RENAME TABLE ${table} TO ${table}_away`);
    await notReady(workers, new RegExp(`table ${table}`));
    await office.admin.execute(`RENAME TABLE ${table}_away TO ${table}`);
  },
);

fault('the server becomes read-only, and writable again', {}, async (office) => {
  await enqueueLoad(office);
  const workers = await office.startWorkers(2);
  await office.hasEnded(100);
  await office.admin.execute('SET GLOBAL read_only = 1');
  try {
    await notReady(workers, /read.only/i);
  } finally {
    await office.admin.execute('SET GLOBAL read_only = 0');
  }
});

fault('the workers may have three connections between them, and lose those that they had', {}, async (office) => {
  await enqueueLoad(office);
  await office.startWorkers(2);
  await office.hasEnded(100);
  await office.admin.execute(`ALTER USER '${office.user.name}'@'%' WITH MAX_USER_CONNECTIONS 3`);
  await killSessions(office);
  await office.hasEnded(180);
  await office.admin.execute(`ALTER USER '${office.user.name}'@'%' WITH MAX_USER_CONNECTIONS 0`);
});

fault('the server has no connections left, and then some again', {}, async (office) => {
  await enqueueLoad(office);
  const workers = await office.startWorkers(2);
  await office.hasEnded(100);
  const taken = await takeConnections(office, 10);
  try {
    await notReady(workers, /connections/i);
  } finally {
    await taken.giveBack();
  }
});

fault('tasks that write the same rows in opposite orders', {}, async (office) => {
  const orders = [
    [1, 2],
    [2, 1],
    [2, 3],
    [3, 1],
    [3, 4],
    [4, 2],
  ] as const;
  await office.enqueue(
    locks,
    times(120, (index) => ({ rows: [...(orders[index % orders.length] ?? orders[0])] as [number, number] })),
  );
  const deadlocks = await deadlocksSoFar(office);
  await office.startWorkers(2);
  await office.allEnded();
  expect(await deadlocksSoFar(office)).toBeGreaterThan(deadlocks);
  const [sum] = await office.admin.rows<{ writes: string }>('SELECT SUM(writes) AS writes FROM fault_rows');
  expect(Number(sum?.writes)).toBe(240);
});

/** Resolves once one of the workers says that it is not ready, for such a reason. */
async function notReady(workers: readonly WorkerProcess[], reason: RegExp): Promise<void> {
  await until(`a worker to say that it is not ready, as ${String(reason)}`, async () => {
    const answers = await Promise.all(workers.map((worker) => worker.health('ready')));
    return answers.some((answer) => answer?.ok === false && reason.test(answer.reasons.join()));
  });
}

/** Ends every session that workers have. */
async function killSessions({ admin, user }: Office): Promise<void> {
  const sessions = await admin.rows<{ id: number }>('SELECT id FROM information_schema.processlist WHERE user = ?', [
    user.name,
  ]);
  // One that has ended since it was listed is gone as well.
  await Promise.allSettled(sessions.map(({ id }) => admin.execute(`KILL ${id}`)));
}

/** Leaves the server without a connection for anybody but who has one already. */
async function takeConnections(office: Office, most: number): Promise<{ giveBack(): Promise<void> }> {
  const url = new URL(office.servers.database.url);
  const kept = await createConnection({ uri: url.href, connectTimeout: 5000 });
  const [[before]] = await kept.query<RowDataPacket[]>('SELECT @@max_connections AS most');
  await kept.query(`SET GLOBAL max_connections = ${most}`);
  const [sessions] = await kept.query<RowDataPacket[]>(
    `SELECT id FROM information_schema.processlist WHERE user = '${office.user.name}'`,
  );
  // One that has ended since it was listed is gone as well.
  for (const { id } of sessions) await kept.query(`KILL ${String(id)}`).catch(() => undefined);

  url.username = office.user.name;
  url.password = office.user.password;
  url.pathname = `/${office.name}`;
  const taken: Connection[] = [];
  await until('no connection to be left', async () => {
    try {
      const connection = await createConnection({ uri: url.href, connectTimeout: 5000 });
      taken.push(connection);
      connection.on('error', () => undefined);
      return false;
    } catch (error) {
      return (error as { code?: unknown }).code === 'ER_CON_COUNT_ERROR';
    }
  });
  return {
    giveBack: async () => {
      for (const connection of taken) connection.destroy();
      await kept.query(`SET GLOBAL max_connections = ${String(before?.['most'] ?? 500)}`);
      kept.destroy();
    },
  };
}

async function deadlocksSoFar({ admin }: Office): Promise<number> {
  const [row] = await admin.rows<{ count: number }>(
    `SELECT count FROM information_schema.innodb_metrics WHERE name = 'lock_deadlocks'`,
  );
  return row?.count ?? 0;
}

/** Some 500 tasks, some of which enqueue others. */
async function enqueueLoad(office: Office): Promise<void> {
  await office.enqueue(
    writes,
    times(200, () => ({ holdMs: 5 })),
  );
  await office.enqueue(
    parent,
    times(40, () => ({ children: 4, holdMs: 5 })),
    { family: 4 },
  );
  await office.enqueue(
    batch,
    times(15, () => ({ children: 5, holdMs: 5 })),
    { family: 6 },
  );
  await office.enqueue(
    stumbles,
    times(10, () => ({ times: 2 })),
    { attempt: 3 },
  );
}
