import { newId } from '../ids';
import { Action, Batch, Schedule, TaskAttempt } from '../models';
import type { actionState } from '../models/mail';
import { cancelTask, failTask, insertTasks, replayTask } from './index';
import { idFrom, keep, oldTasks } from './testing/old-tasks';
import { failed, taskTables, type TaskTables } from './testing/task-tables';

let tables: TaskTables;
let { ended, finishedBatch, prune, ids } = {} as ReturnType<typeof oldTasks>;
beforeEach(async () => {
  tables = await taskTables();
  ({ ended, finishedBatch, prune, ids } = oldTasks(tables));
});
afterEach(() => tables.drop());

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
    expect(await ids()).toEqual(staying.sort());
  });

  test('stays longer when it has failed, as it can still be replayed', async () => {
    await ended(91, 'failed');
    const staying = await ended(89, 'failed');
    expect(await prune()).toEqual({ tasks: 1, batches: 0 });
    expect(await ids()).toEqual([staying]);
  });

  test('stays for ever when it has failed, if that is wished', async () => {
    const staying = await ended(5000, 'failed');
    await ended(5000);
    expect(await prune({ ...keep, failedSeconds: null })).toEqual({ tasks: 1, batches: 0 });
    expect(await ids()).toEqual([staying]);
  });

  test('takes its failed attempts with it, and nobody else’s', async () => {
    const tried = [tables.task({ id: idFrom(100) }), tables.task({ id: idFrom(100) })];
    await tables.commit(async (db) => {
      await insertTasks(db, tried);
      for (const { id } of tried) await failTask(db, failed(id, 1));
    });
    const [old, young] = tried.map(({ id }) => id);
    await tables.commit((db) =>
      db.execute('UPDATE tasks SET finished_at = now(6) - INTERVAL 99 DAY WHERE id = ?', [old]),
    );
    expect(await prune()).toMatchObject({ tasks: 1 });
    expect(await tables.database.read((db) => db(TaskAttempt))).toMatchObject([{ task_id: young, attempt: 1 }]);
  });

  test('gives its idempotency key free', async () => {
    await ended(31, 'succeeded', { idempotencyKey: 'mine' });
    await prune();
    await tables.inserted({ idempotencyKey: 'mine' });
  });

  test('cannot be cancelled or replayed any more, and nobody waits for it', async () => {
    const id = await ended(91, 'failed');
    await prune();
    expect(await tables.commit((db) => cancelTask(db, id))).toEqual({ outcome: 'ended' });
    expect(await tables.commit((db) => replayTask(db, id, 3, null))).toBeNull();
  });
});

describe('a batch', () => {
  test('goes as a whole once it is old', async () => {
    await finishedBatch(31);
    expect(await prune()).toEqual({ tasks: 4, batches: 1 });
    expect(await ids()).toEqual([]);
    expect(await tables.database.read((db) => db(Batch))).toEqual([]);
  });

  test('that is open keeps all of its members and what has opened it, however old', async () => {
    const { batchId, ids: family, members } = await finishedBatch(300);
    await tables.commit((db) =>
      db.execute('UPDATE batches SET finished_at = NULL, pending = 1 WHERE id = ?', [batchId]),
    );
    await tables.commit((db) =>
      db.execute(`UPDATE tasks SET state = 'queued', finished_at = NULL WHERE id = ?`, [members[0]]),
    );
    await tables.commit((db) => db.execute('DELETE FROM tasks WHERE name = ?', ['continuation']));
    expect(await prune()).toEqual({ tasks: 0, batches: 0 });
    expect(await ids()).toEqual(family.slice(0, -1).sort());
  });

  test.each(['queued', 'failed'] as const)(
    'whose continuation is %s, and so has to count it yet, stays',
    async (goesOn) => {
      const { ids: family } = await finishedBatch(80, ['succeeded'], goesOn);
      expect(await prune()).toEqual({ tasks: 0, batches: 0 });
      expect(await ids()).toEqual(family.sort());
    },
  );

  test('whose continuation has succeeded lately stays for as long as that', async () => {
    const { ids: family, continuation } = await finishedBatch(80);
    await tables.commit((db) => db.execute('UPDATE tasks SET finished_at = now(6) WHERE id = ?', [continuation]));
    expect(await prune()).toEqual({ tasks: 0, batches: 0 });
    expect(await ids()).toEqual(family.sort());
  });

  test('whose continuation has failed too long ago goes after that', async () => {
    await finishedBatch(91, ['succeeded'], 'failed');
    expect(await prune()).toEqual({ tasks: 1, batches: 0 });
    expect(await prune()).toEqual({ tasks: 2, batches: 1 });
    expect(await ids()).toEqual([]);
  });

  test('with a member that can still be replayed stays with all that belongs to it', async () => {
    const { ids: family, continuation } = await finishedBatch(80, ['failed', 'succeeded']);
    await prune();
    // What went on from it is needed by nobody.
    expect(await ids()).toEqual(family.filter((id) => id !== continuation).sort());
    await tables.commit((db) => db.execute('UPDATE batches SET finished_at = now(6) - INTERVAL 91 DAY'));
    await tables.commit((db) => db.execute('UPDATE tasks SET finished_at = now(6) - INTERVAL 91 DAY'));
    expect(await prune()).toEqual({ tasks: 3, batches: 1 });
  });

  test('that a member has opened is a batch of its own', async () => {
    const outer = await finishedBatch(40);
    const inner = await finishedBatch(80);
    const [between = ''] = outer.members;
    await tables.commit((db) =>
      db.execute('UPDATE batches SET task_id = ?, finished_at = NULL WHERE id = ?', [between, inner.batchId]),
    );
    expect(await prune()).toMatchObject({ batches: 1 });
    expect(await ids()).toEqual([between, ...inner.members].sort());
  });
});

/** A move of a mail that bears the ids of some runs. */
const move = (state: (typeof actionState)['options'][number], runId: string, proposedBy: string | null = null) =>
  tables.commit((db) =>
    db(Action).insert({
      ...{
        id: newId(),
        account_id: tables.accountId,
        mailbox_id: newId(),
        mail_id: newId(),
        run_id: runId,
        kind: 'move',
      },
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
      expect(await ids()).toEqual([run]);
      expect(batchId).not.toBe(run);
    },
  );

  test('that has proposed what another one has carried out stays with it', async () => {
    const [dry, applied] = [await ended(402), await ended(401)];
    await move('done', applied, dry);
    expect(await prune()).toMatchObject({ tasks: 0 });
    expect(await ids()).toEqual([dry, applied].sort());
  });

  test.each(['undone', 'skipped', 'failed'] as const)('of which all moves are %s goes', async (state) => {
    await move(state, await ended(31), await ended(31));
    expect(await prune()).toMatchObject({ tasks: 2 });
  });
});

test('the latest task of a schedule stays, so that its tick is not made up for again; earlier ones go', async () => {
  const latest = await ended(300);
  await ended(400);
  await tables.commit((db) =>
    db(Schedule).insert({
      ...{ id: newId(), account_id: tables.accountId, name: 'yearly', task: 'test_task', payload: {}, cron: '@yearly' },
      ...{ time_zone: 'Europe/Kyiv', last_task_id: latest },
    }),
  );
  expect(await prune()).toMatchObject({ tasks: 1 });
  expect(await ids()).toEqual([latest]);
});
