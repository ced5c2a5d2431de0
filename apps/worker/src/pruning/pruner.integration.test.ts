import { EventEmitter, once } from 'node:events';
import { Batch, insertTasks, newId, type NewTask, openBatch, Task } from '@sorting-office/db';
import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import { newTask } from '@sorting-office/tasks';
import { openOffice } from '../testing/office';
import { all, works } from '../testing/tasks';
import { Pruner, type PrunerOptions } from './pruner';

const day = 24 * 60 * 60;
const keep = { seconds: 30 * day, failedSeconds: 90 * day };

let home: MigratedDatabase;
const pruners: Pruner[] = [];
beforeEach(async () => {
  home = await migratedDatabase();
});
afterEach(async () => {
  await Promise.all(pruners.splice(0).map((one) => one.stop()));
  await home.drop();
});

function pruner(options: Partial<PrunerOptions> = {}): Pruner {
  const one = new Pruner({ database: home.database, keep, mayRun: () => true, partSize: 7, pauseMs: 5, ...options });
  pruners.push(one);
  return one;
}

/** An id that was made 40 days ago. */
const oldId = () => {
  const hex = (Date.now() - 40 * day * 1000).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}${newId().slice(13)}`;
};
const taskOf = (accountId: string, overrides: Partial<NewTask> = {}): NewTask => ({
  ...newTask(works, {}, { accountId, traceContext: null, id: oldId() }),
  ...overrides,
});
const endAll = (database: MigratedDatabase['database']) =>
  database.transaction(async (db) => {
    await db.execute(
      `UPDATE tasks SET state = 'succeeded', publish_at = NULL, finished_at = now(6) - INTERVAL 31 DAY WHERE id < ?`,
      [newId()],
    );
    await db.execute('UPDATE batches SET pending = 0, finished_at = now(6) - INTERVAL 31 DAY');
  });

/** Tasks that have ended long ago. */
async function oldTasks(count: number): Promise<void> {
  const { database, accountId } = home;
  await database.transaction((db) =>
    insertTasks(
      db,
      Array.from({ length: count }, () => taskOf(accountId)),
    ),
  );
  await endAll(database);
}
/** Families that have ended long ago: what has opened a batch, three members, what went on from it. */
async function oldFamilies(count: number): Promise<void> {
  const { database, accountId } = home;
  await database.transaction(async (db) => {
    for (let n = 0; n < count; n++) {
      const [opener, id, continuation] = [taskOf(accountId), oldId(), taskOf(accountId)];
      const children = Array.from({ length: 3 }, () => taskOf(accountId, { batchId: id, rootId: opener.id }));
      await insertTasks(db, [opener, continuation]);
      await openBatch(db, { id, accountId, taskId: opener.id, children, continuation });
    }
  });
  await endAll(database);
}
const left = () =>
  home.database.read(async (db) => ({ tasks: (await db(Task)).length, batches: (await db(Batch)).length }));

/** What is there and has lost something that it needs. */
const bereft = () =>
  home.database.read((db) =>
    db.rows(
      `SELECT b.id, b.total, COUNT(m.id) AS members, COUNT(o.id) AS opened FROM batches AS b
       LEFT JOIN tasks AS m ON m.batch_id = b.id LEFT JOIN tasks AS o ON o.id = b.task_id
       GROUP BY b.id, b.total HAVING members <> b.total OR opened = 0`,
    ),
  );

test('a round deletes what has ended long ago, in as many parts as it takes, and says how much', async () => {
  await oldFamilies(10);
  const told: unknown[] = [];
  const one = pruner({ onPruned: (pruned) => told.push(pruned) });
  await one.prune(keep);
  await one.prune(keep);
  expect(told).toEqual([{ batches: 10, tasks: 50 }]);
  expect(await left()).toEqual({ tasks: 0, batches: 0 });
});

test('whichever part is its last, nothing is left that needs what is gone, and the next one goes on', async () => {
  await oldFamilies(6);
  let rounds = 0;
  for (let parts = 1; (await left()).tasks > 0; parts++) {
    let begun = 0;
    await pruner({ mayRun: () => begun++ < parts }).prune(keep);
    expect(await bereft()).toEqual([]);
    rounds++;
  }
  expect(rounds).toBeGreaterThan(2);
  expect(await left()).toEqual({ tasks: 0, batches: 0 });
});

test('three side by side delete each row once', async () => {
  await oldFamilies(20);
  const sum = { batches: 0, tasks: 0 };
  const onPruned: PrunerOptions['onPruned'] = ({ batches, tasks }) => {
    sum.batches += batches;
    sum.tasks += tasks;
  };
  const three = Array.from({ length: 3 }, () => pruner({ onPruned }));
  await Promise.all(three.map((one) => one.prune(keep)));
  expect(await bereft()).toEqual([]);
  // What one has passed over, as another one held it, that one has deleted, or the next round does.
  await three[0]?.prune(keep);
  expect(sum).toEqual({ batches: 20, tasks: 100 });
  expect(await left()).toEqual({ tasks: 0, batches: 0 });
});

test('told to stop, it finishes the part under way and begins no other', async () => {
  await oldTasks(30);
  const heard = new EventEmitter();
  let begun = 0;
  const mayRun = () => {
    // The first is asked for batches, of which there are none.
    if (++begun === 4) heard.emit('stop');
    return true;
  };
  const stopping = once(heard, 'stop');
  const one = pruner({ mayRun });
  heard.once('stop', () => void one.stop());
  one.start();
  await stopping;
  await one.stop();
  expect(await left()).toMatchObject({ tasks: 30 - 2 * 7 });
});

test('it does nothing while it must not, and nothing at all where everything is kept', async () => {
  await oldTasks(3);
  const asked = new EventEmitter();
  const mayRun = () => {
    asked.emit('asked');
    return false;
  };
  const closed = pruner({ mayRun });
  const twice = (async () => {
    for (let n = 0; n < 2; n++) await once(asked, 'asked');
  })();
  closed.start();
  await twice;
  await closed.stop();
  let touched = false;
  const never = pruner({ keep: null, mayRun: () => (touched = true) });
  never.start();
  await never.stop();
  expect(touched).toBe(false);
  expect(await left()).toMatchObject({ tasks: 3 });
});

test('after an error of the database it goes on', async () => {
  await oldTasks(3);
  const heard = new EventEmitter();
  await home.database.transaction((db) => db.execute('RENAME TABLE batches TO away'));
  const trouble = once(heard, 'trouble');
  const pruned = once(heard, 'pruned');
  pruner({
    onPruned: (some) => heard.emit('pruned', some),
    onTrouble: () => heard.emit('trouble'),
  }).start();
  await trouble;
  await home.database.transaction((db) => db.execute('RENAME TABLE away TO batches'));
  expect(await pruned).toEqual([{ batches: 0, tasks: 3 }]);
}, 30_000);

test('a worker does so by itself, with the rights that it has in production, and says so', async () => {
  const office = await openOffice(all);
  const { database, accountId } = office;
  const [old, young] = [taskOf(accountId), taskOf(accountId)];
  await database.transaction((db) => insertTasks(db, [old, young]));
  await endAll(database);
  await database.transaction((db) => db.execute('UPDATE tasks SET finished_at = now(6) WHERE id = ?', [young.id]));
  const worker = await office.startWorker();
  const ids = async () => (await database.read((db) => db(Task).select('id'))).map(({ id }) => id);
  while ((await ids()).length > 1);
  await worker.stop();
  expect(await ids()).toEqual([young.id]);
  expect(office.logged.map((line) => JSON.parse(line) as { msg: string; tasks?: number })).toContainEqual(
    expect.objectContaining({ msg: 'what had ended long ago was deleted', tasks: 1, batches: 0 }),
  );
  await office.close();
}, 60_000);
