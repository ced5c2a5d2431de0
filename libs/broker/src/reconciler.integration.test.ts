/** Messages that RabbitMQ has lost while their queue stayed. */
import { insertTasks, markTaken, newId, Task, type TaskQueue, takeDueTasks } from '@sorting-office/db';
import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import { Reconciler } from './reconciler';

let home: MigratedDatabase;
beforeEach(async () => {
  home = await migratedDatabase();
});
afterEach(() => home.drop());

/** Minutes ago, as seconds since 1970. */
const ago = (minutes: number) => Math.floor(Date.now() / 1000) - minutes * 60;

/** Tasks whose messages were published so many minutes ago and have been confirmed. */
async function published(
  minutes: number,
  count = 1,
  { priority = 0, queue = 'bulk' }: { priority?: number; queue?: TaskQueue } = {},
) {
  const rows = Array.from({ length: count }, () => {
    const id = newId();
    return {
      ...{ id, accountId: home.accountId, name: 'test_task', queue, payload: {}, rootId: id, batchId: null, priority },
      ...{ traceContext: null, maxAttempts: 3, runAt: null, uniqueKey: null, idempotencyKey: null },
    };
  });
  await home.database.transaction(async (db) => {
    await insertTasks(db, rows);
    await markTaken(db, rows);
    for (const { id } of rows)
      await db.execute('UPDATE tasks SET published_at = now(6) - INTERVAL ? MINUTE WHERE id = ?', [minutes, id]);
  });
  return rows.map(({ id }) => id);
}

const due = async () =>
  (await home.database.read((db) => db(Task).whereNotNull('publish_at').orderBy('id'))).map(({ id }) => id);

function reconciler({ waiting = 0, held = new Map<string, number>(), subscribed = true } = {}) {
  const lost: [TaskQueue, number][] = [];
  const queues = [{ queue: 'bulk' as const, subscribed: () => subscribed, waiting: () => Promise.resolve(waiting) }];
  return Object.assign(
    new Reconciler({
      database: home.database,
      queues,
      held: () => held,
      mayRun: () => true,
      silenceSeconds: 60,
      onLost: (...one) => lost.push(one),
    }),
    { lost },
  );
}

test('what was in a queue that is empty now, and that nobody works on, is published again', async () => {
  const old = await published(5, 1201);
  const young = await published(0);
  const other = await published(5, 1, { queue: 'default' });
  const one = reconciler();
  await one.look();
  expect(await due()).toEqual([...old].sort());
  expect(one.lost.reduce((sum, [, count]) => sum + count, 0)).toBe(1201);
  expect(await home.database.transaction((db) => takeDueTasks(db, 2000))).toHaveLength(1201);
  expect(await due()).not.toEqual(expect.arrayContaining([...young, ...other]));
});

test('what waits in its queue is left there', async () => {
  await published(60, 3);
  await reconciler({ waiting: 3 }).look();
  expect(await due()).toEqual([]);
});

test('a message that comes tells that everything published before it has left the queue', async () => {
  const [lost] = await published(60);
  await published(20);
  const one = reconciler({ waiting: 100 });
  one.saw('bulk', { redelivered: false, timestamp: ago(30), priority: 0 });
  await one.look();
  expect(await due()).toEqual([lost]);
});

test.each([
  ['that comes for a second time', { redelivered: true, timestamp: ago(0), priority: 0 }],
  ['that has overtaken the others', { redelivered: false, timestamp: ago(0), priority: 9 }],
  ['from a clock that is ahead', { redelivered: false, timestamp: ago(-60), priority: 0 }],
  ['without a time', { redelivered: false, timestamp: undefined, priority: 0 }],
])('a message %s tells nothing of the others', async (_what, message) => {
  await published(60);
  const one = reconciler({ waiting: 100 });
  one.saw('bulk', message);
  await one.look();
  expect(await due()).toEqual([]);
});

test('a message that has overtaken tells of those that do so too', async () => {
  const [lost] = await published(60, 1, { priority: 9 });
  await published(60);
  const one = reconciler({ waiting: 100 });
  one.saw('bulk', { redelivered: false, timestamp: ago(0), priority: 9 });
  await one.look();
  expect(await due()).toEqual([lost]);
});

test('what a worker holds is not lost, however long that takes', async () => {
  const held = await published(60, 3);
  await reconciler({ held: new Map(held.map((id) => [id, -Infinity])) }).look();
  // Another process, which holds none of them, has to believe it too.
  await reconciler().look();
  expect(await due()).toEqual([]);
});

test('what runs is not lost', async () => {
  const [running] = await published(60);
  await home.database.transaction(async (db) => {
    await db.execute('SELECT id FROM tasks WHERE id = ? FOR UPDATE', [running]);
    await reconciler().look();
  });
  expect(await due()).toEqual([]);
});

test('a queue that no messages come from is not looked at', async () => {
  await published(60);
  await reconciler({ subscribed: false }).look();
  expect(await due()).toEqual([]);
});
