import { Batch, TaskAttempt } from '../models';
import type { UnitOfWork } from '../unit-of-work';
import { failTask, insertTasks, pruneBatches, pruneTasks, replayTask } from './index';
import { pruneStatements } from './prune-tasks';
import { day, everything, idFrom, keep, oldTasks } from './testing/old-tasks';
import { failed, taskTables, type TaskTables } from './testing/task-tables';

let tables: TaskTables;
let { ended, finishedBatch, prune, ids } = {} as ReturnType<typeof oldTasks>;
beforeEach(async () => {
  tables = await taskTables();
  ({ ended, finishedBatch, prune, ids } = oldTasks(tables));
});
afterEach(() => tables.drop());

describe('whoever holds a row', () => {
  test('is passed over, and not waited for', async () => {
    const [held, heldBatch] = [await ended(31), await finishedBatch(31)];
    await ended(31);
    await tables.commit(async (db) => {
      await db.rows('SELECT id FROM tasks WHERE id = ? FOR UPDATE', [held]);
      await db.rows('SELECT id FROM batches WHERE id = ? FOR UPDATE', [heldBatch.batchId]);
      expect(await prune()).toEqual({ tasks: 2, batches: 0 });
      expect(await ids()).toEqual([held, heldBatch.opener, ...heldBatch.members].sort());
    });
    expect(await prune()).toEqual({ tasks: 4, batches: 1 });
  });

  test('is not met at all while it runs, or writes down how it failed', async () => {
    const old = await ended(91, 'failed');
    await tables.commit((db) =>
      db(TaskAttempt).insert({ task_id: old, attempt: 1, error: failed(old, 1).error, worker: 'test/1' }),
    );
    const running = await tables.inserted();
    await tables.commit(async (db) => {
      await failTask(db, failed(running.id, 1));
      expect(await prune()).toMatchObject({ tasks: 1 });
    });
    expect(await ids()).toEqual([running.id]);
  });

  test('has replayed it meanwhile: it stays', async () => {
    const id = await ended(91, 'failed');
    await tables.commit(async (db) => {
      let looks = 0;
      // Between the look and the lock.
      const interrupted = Object.assign({ ...db } as UnitOfWork, {
        rows: async <Row>(sql: string, bindings?: readonly unknown[]) => {
          if (looks++ === 1) await tables.commit((other) => replayTask(other, id, 3, null));
          return db.rows<Row>(sql, bindings);
        },
      });
      expect(await pruneTasks(interrupted, keep, everything)).toEqual({ pruned: 0, last: null });
      expect(looks).toBe(2);
    });
    expect((await tables.row(id)).state).toBe('queued');
  });
});

test('two at a time take each row once, and whoever dies before a commit has taken nothing', async () => {
  for (let n = 0; n < 5; n++) await finishedBatch(31 + n);
  const before = await ids();
  const dying = tables.commit(async (db) => {
    expect(await pruneBatches(db, keep, everything)).toMatchObject({ pruned: 5 });
    expect(await pruneTasks(db, keep, everything)).toMatchObject({ pruned: 20 });
    throw new Error('died');
  });
  await expect(dying).rejects.toThrow('died');
  expect(await ids()).toEqual(before);
  expect(await tables.database.read((db) => db(Batch))).toHaveLength(5);
  // One may look while the other one has not committed, and leaves to the next round what hangs on that.
  const rounds = await Promise.all([prune(), prune(), prune()]);
  const last = await prune();
  expect([...rounds, last].reduce((sum, { batches }) => sum + batches, 0)).toBe(5);
  expect([...rounds, last].reduce((sum, { tasks: some }) => sum + some, 0)).toBe(20);
  expect(await ids()).toEqual([]);
});

test('a part looks at so many rows and says where to go on', async () => {
  const staying = [await ended(35, 'failed'), await ended(34, 'failed')];
  await ended(33);
  const first = await tables.commit((db) => pruneTasks(db, keep, { after: '', limit: 2 }));
  expect(first).toEqual({ pruned: 0, last: staying[1] });
  expect(await tables.commit((db) => pruneTasks(db, keep, { after: first.last ?? '', limit: 2 }))).toEqual({
    pruned: 1,
    last: null,
  });
});

/** A unit of work that notes what is asked of it. */
function counting(db: UnitOfWork): { unit: UnitOfWork; asked: string[] } {
  const asked: string[] = [];
  const unit = Object.assign({ ...db } as UnitOfWork, {
    rows: <Row>(sql: string, bindings?: readonly unknown[]) => (asked.push(sql), db.rows<Row>(sql, bindings)),
    execute: (sql: string, bindings?: readonly unknown[]) => (asked.push(sql), db.execute(sql, bindings)),
  });
  return { unit, asked };
}

test('a part takes four statements, three for batches, and one when there is nothing to delete', async () => {
  for (let n = 0; n < 10; n++) await finishedBatch(31);
  const statements = (work: (db: UnitOfWork) => Promise<unknown>) =>
    tables.commit(async (db) => {
      const { unit, asked } = counting(db);
      await work(unit);
      return asked.length;
    });
  expect(await statements((db) => pruneBatches(db, keep, everything))).toBe(3);
  expect(await statements((db) => pruneTasks(db, keep, everything))).toBe(4);
  expect(await ids()).toEqual([]);
  expect(await statements((db) => pruneBatches(db, keep, everything))).toBe(1);
  expect(await statements((db) => pruneTasks(db, keep, everything))).toBe(1);
});

test('a part reads its own rows and what they name, however many there are besides', async () => {
  for (let n = 0; n < 4; n++) await finishedBatch(31);
  const young = Array.from({ length: 3000 }, () => tables.task());
  await tables.commit(async (db) => {
    await insertTasks(db, young);
    await db.execute(
      `UPDATE tasks SET state = 'succeeded', publish_at = NULL, finished_at = now(6) WHERE state = 'queued'`,
    );
    await db.execute(
      `INSERT INTO batches (id, account_id, task_id, total, pending, finished_at) SELECT id, account_id, id, 0, 0, now(6) FROM tasks WHERE finished_at > now() - INTERVAL 1 DAY`,
    );
    await db.execute(
      `INSERT INTO actions (id, account_id, mailbox_id, mail_id, run_id, proposed_by, kind, from_folder, to_folder, state, prior)
       SELECT id, account_id, id, id, id, id, 'move', 'a', 'b', 'done', '{}' FROM tasks WHERE finished_at > now() - INTERVAL 1 DAY`,
    );
    await db.execute(
      `INSERT INTO schedules (id, account_id, name, task, payload, cron, time_zone, last_task_id)
       SELECT id, account_id, id, name, '{}', '@daily', 'UTC', id FROM tasks WHERE finished_at > now() - INTERVAL 1 DAY`,
    );
  });
  const reads = async (sql: string, bindings: unknown[]) =>
    tables.database.read(async (db) => {
      const count = async () => {
        const rows = await db.rows<{ Value: string }>(`SHOW SESSION STATUS LIKE 'Handler_read%'`);
        return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
      };
      // What SHOW itself reads.
      const own = -(await count()) + (await count());
      const before = await count();
      await db.rows(sql, bindings);
      return (await count()) - before - own;
    });
  const bound = idFrom(30);
  const ages = [90 * day, 30 * day];
  expect(await reads(pruneStatements.tasks, [...ages, '', bound, 500])).toBeLessThan(16 * 8);
  expect(await reads(pruneStatements.batches, [...ages, 30 * day, '', bound, 500])).toBeLessThan(4 * 5);
  const keys = await tables.database.read((db) =>
    db.rows<{ table: string; key: string }>(`EXPLAIN ${pruneStatements.tasks}`, [...ages, '', bound, 500]),
  );
  expect(keys.map(({ table, key }) => [table, key])).toEqual([
    ['t', 'PRIMARY'],
    ['s', 'schedules_last_task'],
    ['a', 'actions_proposed_by'],
    ['a', 'actions_run'],
    ['b', 'batches_task'],
    ['b', 'PRIMARY'],
  ]);
}, 60_000);
