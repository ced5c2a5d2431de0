import { newId } from '../ids';
import { Action, Batch, Schedule, Task, TaskAttempt } from '../models';
import type { actionState } from '../models/mail';
import type { TaskState } from '../models/task';
import type { UnitOfWork } from '../unit-of-work';
import {
  cancelTask,
  completeTask,
  endBatchMember,
  failTask,
  insertTasks,
  type KeepTime,
  openBatch,
  pruneBatches,
  pruneTasks,
  replayTask,
} from './index';
import { pruneStatements } from './prune-tasks';
import { failed, taskTables, type TaskTables } from './testing/task-tables';

let tables: TaskTables;
let { database, commit, task, accountId } = {} as TaskTables;
beforeEach(async () => {
  tables = await taskTables();
  ({ database, commit, task, accountId } = tables);
});
afterEach(() => tables.drop());

const day = 24 * 60 * 60;
const keep: KeepTime = { seconds: 30 * day, failedSeconds: 90 * day };
const everything = { after: '', limit: 500 };

/** An id that was made so many days ago. */
const idFrom = (daysAgo: number) => {
  const made = Date.now() - daysAgo * day * 1000;
  const hex = Math.round(made).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}${newId().slice(13)}`;
};

/** A task that has ended so many days ago, a day after it was made. */
async function ended(daysAgo: number, state: TaskState = 'succeeded', overrides: Parameters<typeof task>[0] = {}) {
  const row = task({ id: idFrom(daysAgo + 1), ...overrides });
  await commit(async (db) => {
    await insertTasks(db, [row]);
    await db.execute(
      `UPDATE tasks SET state = ?, publish_at = NULL, finished_at = now(6) - INTERVAL ? SECOND WHERE id = ?`,
      [state, daysAgo * day, row.id],
    );
  });
  return row.id;
}

const prune = async (terms = keep, place = everything) => {
  const { pruned: batches } = await commit((db) => pruneBatches(db, terms, place));
  const { pruned: some } = await commit((db) => pruneTasks(db, terms, place));
  return { batches, tasks: some };
};
const idsOf = async () => (await database.read((db) => db(Task).select('id').orderBy('id'))).map(({ id }) => id);

describe('what is old', () => {
  test('goes when it has ended that long ago, however it has ended; what is younger, or has not ended, stays', async () => {
    await ended(31);
    await ended(31, 'cancelled');
    const staying = [
      await ended(29),
      await ended(29, 'cancelled'),
      // Made long ago, ended lately.
      await ended(1, 'succeeded', { id: idFrom(300) }),
      await ended(300, 'queued'),
    ];
    expect(await prune()).toEqual({ tasks: 2, batches: 0 });
    expect(await idsOf()).toEqual(staying.sort());
  });

  test('stays longer when it has failed, as it can still be replayed', async () => {
    await ended(91, 'failed');
    const staying = await ended(89, 'failed');
    expect(await prune()).toEqual({ tasks: 1, batches: 0 });
    expect(await idsOf()).toEqual([staying]);
  });

  test('stays for ever when it has failed, if that is wished', async () => {
    const staying = await ended(5000, 'failed');
    await ended(5000);
    expect(await prune({ ...keep, failedSeconds: null })).toEqual({ tasks: 1, batches: 0 });
    expect(await idsOf()).toEqual([staying]);
  });

  test('takes its failed attempts with it, and nobody else’s', async () => {
    const tried = [task({ id: idFrom(100) }), task({ id: idFrom(100) })];
    await commit(async (db) => {
      await insertTasks(db, tried);
      for (const { id } of tried) await failTask(db, failed(id, 1));
    });
    const [old, young] = tried.map(({ id }) => id);
    await commit((db) => db.execute('UPDATE tasks SET finished_at = now(6) - INTERVAL 99 DAY WHERE id = ?', [old]));
    expect(await prune()).toMatchObject({ tasks: 1 });
    expect(await database.read((db) => db(TaskAttempt))).toMatchObject([{ task_id: young, attempt: 1 }]);
  });

  test('gives its idempotency key free', async () => {
    await ended(31, 'succeeded', { idempotencyKey: 'mine' });
    await prune();
    await tables.inserted({ idempotencyKey: 'mine' });
  });

  test('cannot be cancelled or replayed any more, and nobody waits for it', async () => {
    const id = await ended(91, 'failed');
    await prune();
    expect(await commit((db) => cancelTask(db, id))).toEqual({ outcome: 'ended' });
    expect(await commit((db) => replayTask(db, id, 3, null))).toBeNull();
  });
});

/** A batch that has finished so many days ago, with what has opened it, its members and what goes on from it. */
async function finishedBatch(
  daysAgo: number,
  ends: TaskState[] = ['succeeded', 'succeeded'],
  goesOn: TaskState = 'succeeded',
) {
  const opener = await ended(daysAgo + 1);
  const batchId = idFrom(daysAgo + 2);
  const children = ends.map(() => task({ id: idFrom(daysAgo + 2), batchId, rootId: opener }));
  const continuation = task({ id: idFrom(daysAgo + 2), name: 'continuation', rootId: opener });
  await commit((db) => openBatch(db, { id: batchId, accountId, taskId: opener, children, continuation }));
  for (const [n, { id }] of children.entries()) {
    await commit(async (db) => {
      if (ends[n] === 'failed') return failTask(db, failed(id, 1, batchId));
      await completeTask(db, { id, attempt: 1 });
      return endBatchMember(db, batchId, 'succeeded');
    });
  }
  const ids = [opener, ...children.map(({ id }) => id), continuation.id];
  await commit(async (db) => {
    await db.execute('UPDATE batches SET finished_at = now(6) - INTERVAL ? SECOND WHERE id = ?', [
      daysAgo * day,
      batchId,
    ]);
    await db.execute('UPDATE tasks SET finished_at = now(6) - INTERVAL ? SECOND WHERE batch_id = ?', [
      daysAgo * day,
      batchId,
    ]);
    if (goesOn !== 'queued')
      await db.execute(
        'UPDATE tasks SET state = ?, publish_at = NULL, finished_at = now(6) - INTERVAL ? SECOND WHERE id = ?',
        [goesOn, daysAgo * day, continuation.id],
      );
  });
  return { batchId, ids, opener, members: children.map(({ id }) => id), continuation: continuation.id };
}

describe('a batch', () => {
  test('goes as a whole once it is old', async () => {
    await finishedBatch(31);
    expect(await prune()).toEqual({ tasks: 4, batches: 1 });
    expect(await idsOf()).toEqual([]);
    expect(await database.read((db) => db(Batch))).toEqual([]);
  });

  test('that is open keeps all of its members and what has opened it, however old', async () => {
    const { batchId, ids, members } = await finishedBatch(300);
    await commit((db) => db.execute('UPDATE batches SET finished_at = NULL, pending = 1 WHERE id = ?', [batchId]));
    await commit((db) =>
      db.execute(`UPDATE tasks SET state = 'queued', finished_at = NULL WHERE id = ?`, [members[0]]),
    );
    await commit((db) => db.execute('DELETE FROM tasks WHERE name = ?', ['continuation']));
    expect(await prune()).toEqual({ tasks: 0, batches: 0 });
    expect(await idsOf()).toEqual(ids.slice(0, -1).sort());
  });

  test.each(['queued', 'failed'] as const)(
    'whose continuation is %s, and so has to count it yet, stays',
    async (goesOn) => {
      const { ids } = await finishedBatch(80, ['succeeded'], goesOn);
      expect(await prune()).toEqual({ tasks: 0, batches: 0 });
      expect(await idsOf()).toEqual(ids.sort());
    },
  );

  test('whose continuation has failed too long ago goes after that', async () => {
    await finishedBatch(91, ['succeeded'], 'failed');
    expect(await prune()).toEqual({ tasks: 1, batches: 0 });
    expect(await prune()).toEqual({ tasks: 2, batches: 1 });
    expect(await idsOf()).toEqual([]);
  });

  test('with a member that can still be replayed stays with all that belongs to it', async () => {
    const { ids, continuation } = await finishedBatch(80, ['failed', 'succeeded']);
    await prune();
    // What went on from it is needed by nobody.
    expect(await idsOf()).toEqual(ids.filter((id) => id !== continuation).sort());
    await commit((db) => db.execute('UPDATE batches SET finished_at = now(6) - INTERVAL 91 DAY'));
    await commit((db) => db.execute('UPDATE tasks SET finished_at = now(6) - INTERVAL 91 DAY'));
    expect(await prune()).toEqual({ tasks: 3, batches: 1 });
  });

  test('that a member has opened is a batch of its own', async () => {
    const outer = await finishedBatch(40);
    const inner = await finishedBatch(80);
    const [between = ''] = outer.members;
    await commit((db) =>
      db.execute('UPDATE batches SET task_id = ?, finished_at = NULL WHERE id = ?', [between, inner.batchId]),
    );
    expect(await prune()).toMatchObject({ batches: 1 });
    expect(await idsOf()).toEqual([between, ...inner.members].sort());
  });
});

/** A move of a mail that bears the ids of some runs. */
const move = (state: (typeof actionState)['options'][number], runId: string, proposedBy: string | null = null) =>
  commit((db) =>
    db(Action).insert({
      ...{ id: newId(), account_id: accountId, mailbox_id: newId(), mail_id: newId(), run_id: runId, kind: 'move' },
      ...{ from_folder: 'INBOX', to_folder: 'Forums', state, prior: {}, proposed_by: proposedBy },
    }),
  );

describe('a run', () => {
  test.each(['proposed', 'planned', 'done'] as const)(
    'with moves that are %s stays, for whoever applies or undoes it',
    async (state) => {
      const { opener: run, batchId } = await finishedBatch(400);
      await move(state, run);
      await move('undone', run);
      expect(await prune()).toEqual({ tasks: 3, batches: 1 });
      expect(await idsOf()).toEqual([run]);
      expect(batchId).not.toBe(run);
    },
  );

  test('that has proposed what another one has carried out stays with it', async () => {
    const [dry, applied] = [await ended(402), await ended(401)];
    await move('done', applied, dry);
    expect(await prune()).toMatchObject({ tasks: 0 });
    expect(await idsOf()).toEqual([dry, applied].sort());
  });

  test.each(['undone', 'skipped', 'failed'] as const)('of which all moves are %s goes', async (state) => {
    await move(state, await ended(31), await ended(31));
    expect(await prune()).toMatchObject({ tasks: 2 });
  });
});

test('the latest task of a schedule stays, so that its tick is not made up for again; earlier ones go', async () => {
  const latest = await ended(300);
  await ended(400);
  await commit((db) =>
    db(Schedule).insert({
      ...{ id: newId(), account_id: accountId, name: 'yearly', task: 'test_task', payload: {}, cron: '@yearly' },
      ...{ time_zone: 'Europe/Kyiv', last_task_id: latest },
    }),
  );
  expect(await prune()).toMatchObject({ tasks: 1 });
  expect(await idsOf()).toEqual([latest]);
});

describe('whoever holds a row', () => {
  test('is passed over, and not waited for', async () => {
    const [held = '', heldBatch] = [await ended(31), await finishedBatch(31)];
    await ended(31);
    await commit(async (db) => {
      await db.rows('SELECT id FROM tasks WHERE id = ? FOR UPDATE', [held]);
      await db.rows('SELECT id FROM batches WHERE id = ? FOR UPDATE', [heldBatch.batchId]);
      expect(await prune()).toEqual({ tasks: 2, batches: 0 });
      expect(await idsOf()).toEqual([held, heldBatch.opener, ...heldBatch.members].sort());
    });
    expect(await prune()).toEqual({ tasks: 4, batches: 1 });
  });

  test('is not met at all while it runs, or writes down how it failed', async () => {
    const old = await ended(91, 'failed');
    await commit((db) =>
      db(TaskAttempt).insert({ task_id: old, attempt: 1, error: failed(old, 1).error, worker: 'test/1' }),
    );
    const running = await tables.inserted();
    await commit(async (db) => {
      await failTask(db, failed(running.id, 1));
      expect(await prune()).toMatchObject({ tasks: 1 });
    });
    expect(await idsOf()).toEqual([running.id]);
  });

  test('has replayed it meanwhile: it stays', async () => {
    const id = await ended(91, 'failed');
    await commit(async (db) => {
      const replayed = { ...db } as UnitOfWork;
      const { rows } = db;
      let looked = false;
      // Between the look and the lock.
      replayed.rows = async <Row>(sql: string, bindings?: readonly unknown[]) => {
        if (looked) await commit((other) => replayTask(other, id, 3, null));
        looked = true;
        return rows<Row>(sql, bindings);
      };
      expect(await pruneTasks(replayed, keep, everything)).toEqual({ pruned: 0, last: null });
    });
    expect((await tables.row(id)).state).toBe('queued');
  });
});

test('two at a time take each row once, and whoever dies before a commit has taken nothing', async () => {
  for (let n = 0; n < 5; n++) await finishedBatch(31 + n);
  const before = await idsOf();
  const dying = commit(async (db) => {
    expect(await pruneBatches(db, keep, everything)).toMatchObject({ pruned: 5 });
    expect(await pruneTasks(db, keep, everything)).toMatchObject({ pruned: 20 });
    throw new Error('died');
  });
  await expect(dying).rejects.toThrow('died');
  expect(await idsOf()).toEqual(before);
  expect(await database.read((db) => db(Batch))).toHaveLength(5);
  // One may look while the other one has not committed, and leaves to the next round what hangs on that.
  const rounds = await Promise.all([prune(), prune(), prune()]);
  const last = await prune();
  expect([...rounds, last].reduce((sum, { batches }) => sum + batches, 0)).toBe(5);
  expect([...rounds, last].reduce((sum, { tasks: some }) => sum + some, 0)).toBe(20);
  expect(await idsOf()).toEqual([]);
});

test('a part looks at so many rows and says where to go on', async () => {
  const staying = [await ended(35, 'failed'), await ended(34, 'failed')];
  await ended(33);
  const first = await commit((db) => pruneTasks(db, keep, { after: '', limit: 2 }));
  expect(first).toEqual({ pruned: 0, last: staying[1] });
  expect(await commit((db) => pruneTasks(db, keep, { after: first.last ?? '', limit: 2 }))).toEqual({
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
    commit(async (db) => {
      const { unit, asked } = counting(db);
      await work(unit);
      return asked.length;
    });
  expect(await statements((db) => pruneBatches(db, keep, everything))).toBe(3);
  expect(await statements((db) => pruneTasks(db, keep, everything))).toBe(4);
  expect(await idsOf()).toEqual([]);
  expect(await statements((db) => pruneBatches(db, keep, everything))).toBe(1);
  expect(await statements((db) => pruneTasks(db, keep, everything))).toBe(1);
});

test('a part reads its own rows and what they name, however many there are besides', async () => {
  for (let n = 0; n < 4; n++) await finishedBatch(31);
  const young = Array.from({ length: 3000 }, () => task());
  await commit(async (db) => {
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
    database.read(async (db) => {
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
  const keys = await database.read((db) =>
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
