import { isDuplicateKey } from '../errors';
import { Task, TaskAttempt } from '../models';
import {
  completeTask,
  countCrash,
  failTask,
  insertTasks,
  makeDue,
  markConfirmed,
  markTaken,
  postponeTask,
  retryTask,
  storeResult,
  takeDueTasks,
  uncountCrash,
} from './index';
import { failed, taskTables, type TaskTables } from './testing/task-tables';

let tables: TaskTables;
let { commit, inserted, row, hurry, task } = {} as TaskTables;
beforeEach(async () => {
  tables = await taskTables();
  ({ commit, inserted, row, hurry, task } = tables);
});
afterEach(() => tables.drop());

describe('inserting', () => {
  test('stores a task as it is, due after the grace, and returns what its message will say', async () => {
    const one = task({ traceContext: { traceparent: '00-1-2-03' }, priority: 7 });
    const [queued] = await commit((db) => insertTasks(db, [one]));
    expect(queued).toMatchObject({
      id: one.id,
      attempt: 1,
      payload: { n: 1, text: 'Ї' },
      traceContext: { traceparent: '00-1-2-03' },
    });
    expect(await row(one.id)).toMatchObject({ state: 'queued', attempt: 1, payload: { n: 1, text: 'Ї' }, priority: 7 });
    expect(await commit((db) => takeDueTasks(db, 10))).toEqual([]);
    await hurry();
    expect(await commit((db) => takeDueTasks(db, 10))).toEqual([queued]);
  });

  test('a delayed task is nothing to publish yet', async () => {
    const runAt = new Date(Date.now() + 3_600_000);
    const one = task({ runAt });
    expect(await commit((db) => insertTasks(db, [one]))).toEqual([]);
    expect((await row(one.id)).publish_at).toEqual(runAt);
  });

  test('more than one statement takes are all stored', async () => {
    const many = Array.from({ length: 1201 }, () => task());
    expect(await commit((db) => insertTasks(db, many))).toHaveLength(1201);
    expect(await tables.database.read((db) => db(Task).resultSize())).toBe(1201);
  });

  test('a unique key is taken while its task is active, and free once it has ended', async () => {
    const first = await inserted({ uniqueKey: 'one' });
    const again = inserted({ uniqueKey: 'one' });
    await expect(again).rejects.toThrow();
    expect(isDuplicateKey(await again.catch((error: unknown) => error))).toBe(true);
    await inserted({ uniqueKey: 'one', name: 'another_task' });
    await commit((db) => completeTask(db, { id: first.id, attempt: 1 }));
    await inserted({ uniqueKey: 'one' });
  });

  test('an idempotency key is taken for ever', async () => {
    const first = await inserted({ idempotencyKey: 'key' });
    await commit((db) => completeTask(db, { id: first.id, attempt: 1 }));
    await expect(inserted({ idempotencyKey: 'key' })).rejects.toMatchObject({ errno: 1062 });
  });
});

describe('completing', () => {
  test('claims the current attempt once', async () => {
    const { id } = await inserted();
    expect(await commit((db) => completeTask(db, { id, attempt: 1 }))).toBe(true);
    expect(await commit((db) => completeTask(db, { id, attempt: 1 }))).toBe(false);
    expect(await row(id)).toMatchObject({ state: 'succeeded', publish_at: null });
  });

  test('refuses a stale attempt', async () => {
    const { id } = await inserted();
    await commit((db) => retryTask(db, failed(id, 1), 0));
    expect(await commit((db) => completeTask(db, { id, attempt: 1 }))).toBe(false);
    expect(await commit((db) => completeTask(db, { id, attempt: 2 }))).toBe(true);
  });

  test('is taken back with its unit of work', async () => {
    const { id } = await inserted();
    await expect(
      commit(async (db) => {
        await completeTask(db, { id, attempt: 1 });
        throw new Error('on purpose');
      }),
    ).rejects.toThrow('on purpose');
    expect(await row(id)).toMatchObject({ state: 'queued', attempt: 1 });
  });

  test('makes a second holder wait for the first, and then refuses it', async () => {
    const { id } = await inserted();
    let second: Promise<boolean> | undefined;
    await commit(async (db) => {
      await completeTask(db, { id, attempt: 1 });
      second = commit((other) => completeTask(other, { id, attempt: 1 }));
    });
    expect(await second).toBe(false);
  });

  test('a holder that keeps the row shows as a lock that was not got in time', async () => {
    const { id } = await inserted();
    await commit(async (db) => {
      await completeTask(db, { id, attempt: 1 });
      await expect(commit((other) => completeTask(other, { id, attempt: 1 }))).rejects.toMatchObject({ errno: 1205 });
    });
  });

  test('keeps the result', async () => {
    const { id } = await inserted();
    await commit(async (db) => {
      await completeTask(db, { id, attempt: 1 });
      await storeResult(db, id, { found: [1, 'Є'] });
    });
    expect((await row(id)).result).toEqual({ found: [1, 'Є'] });
  });
});

describe('failing', () => {
  test('another attempt later keeps the task queued and the failed try on record', async () => {
    const { id } = await inserted();
    const before = Date.now();
    expect(await commit((db) => retryTask(db, failed(id, 1), 60_000))).toBe(true);
    const after = await row(id);
    expect(after).toMatchObject({ state: 'queued', attempt: 2, error: { code: 'ON_PURPOSE' } });
    expect(Number(after.publish_at)).toBeGreaterThan(before + 50_000);
    expect(await tables.database.read((db) => db(TaskAttempt).where({ task_id: id }))).toMatchObject([
      { attempt: 1, worker: 'test/1' },
    ]);
  });

  test('an attempt that is over cannot fail any more', async () => {
    const { id } = await inserted();
    await commit((db) => completeTask(db, { id, attempt: 1 }));
    expect(await commit((db) => retryTask(db, failed(id, 1), 0))).toBe(false);
    expect(await commit((db) => failTask(db, failed(id, 1)))).toBeNull();
    expect(await row(id)).toMatchObject({ state: 'succeeded', error: null });
  });

  test('for good ends the task', async () => {
    const { id } = await inserted({ uniqueKey: 'one' });
    expect(await commit((db) => failTask(db, failed(id, 1)))).toEqual([]);
    expect(await row(id)).toMatchObject({
      state: 'failed',
      publish_at: null,
      unique_key: null,
      error: { message: 'on purpose' },
    });
  });

  test('a success wipes out what the attempts before it failed with', async () => {
    const { id } = await inserted();
    await commit((db) => retryTask(db, failed(id, 1), 0));
    await commit((db) => completeTask(db, { id, attempt: 2 }));
    expect((await row(id)).error).toBeNull();
  });

  test('crashes are counted and taken back', async () => {
    const { id } = await inserted();
    expect(await commit((db) => countCrash(db, { id, attempt: 1 }))).toBe(1);
    expect(await commit((db) => countCrash(db, { id, attempt: 1 }))).toBe(2);
    await commit((db) => uncountCrash(db, { id }));
    expect(await commit((db) => countCrash(db, { id, attempt: 1 }))).toBe(2);
    expect(await commit((db) => countCrash(db, { id, attempt: 2 }))).toBeNull();
  });
});

describe('the outbox', () => {
  test('two relays never take the same task', async () => {
    await commit((db) =>
      insertTasks(
        db,
        Array.from({ length: 10 }, () => task()),
      ),
    );
    await hurry();
    await commit(async (db) => {
      const first = await takeDueTasks(db, 6);
      const second = await commit((other) => takeDueTasks(other, 6));
      expect(first).toHaveLength(6);
      expect(second).toHaveLength(4);
      expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(10);
    });
  });

  test('what is marked as taken is not due again', async () => {
    const { id } = await inserted();
    await hurry();
    await commit(async (db) => markTaken(db, await takeDueTasks(db, 1)));
    expect((await row(id)).publish_at).toBeNull();
  });

  test('a confirm marks its own attempt and no later one', async () => {
    const current = await inserted();
    const superseded = await inserted();
    await commit((db) => retryTask(db, failed(superseded.id, 1), 60_000));
    await commit((db) =>
      markConfirmed(db, [
        { id: current.id, attempt: 1 },
        { id: superseded.id, attempt: 1 },
      ]),
    );
    expect((await row(current.id)).publish_at).toBeNull();
    expect((await row(superseded.id)).publish_at).not.toBeNull();
  });

  test('a confirm waits for nobody', async () => {
    const { id } = await inserted();
    await commit(async (db) => {
      await completeTask(db, { id, attempt: 1 });
      await commit((other) => markConfirmed(other, [{ id, attempt: 1 }]));
    });
    expect(await row(id)).toMatchObject({ state: 'succeeded' });
  });

  test('a broker that lost its queues gets what it held again, and nothing that had its own time', async () => {
    const held = await inserted();
    await commit((db) => markConfirmed(db, [{ id: held.id, attempt: 1 }]));
    const elsewhere = await inserted({ queue: 'bulk' });
    await commit((db) => markConfirmed(db, [{ id: elsewhere.id, attempt: 1 }]));
    const delayed = await inserted({ runAt: new Date(Date.now() + 3_600_000) });
    const done = await inserted();
    await commit((db) => completeTask(db, { id: done.id, attempt: 1 }));

    expect(await commit((db) => makeDue(db, ['default'], 100))).toBe(1);
    expect((await commit((db) => takeDueTasks(db, 10))).map(({ id }) => id)).toEqual([held.id]);
    expect((await row(delayed.id)).publish_at).not.toBeNull();
    expect((await row(elsewhere.id)).publish_at).toBeNull();
  });
});

test('what the next attempt is traced to is written with the end of this one; by default it stays', async () => {
  const { id } = await inserted({ traceContext: { traceparent: '00-1-2-03' } });
  await commit((db) => retryTask(db, failed(id, 1), 0));
  expect((await row(id)).trace_context).toEqual({ traceparent: '00-1-2-03' });
  const next = { traceparent: '00-1-2-03', 'previous-attempt': '00-1-4-03' };
  await commit((db) => retryTask(db, { ...failed(id, 2), traceContext: next }, 0));
  expect((await row(id)).trace_context).toEqual(next);
  await commit((db) =>
    postponeTask(db, { id, attempt: 3 }, 0, { code: 'X', message: 'x' }, { traceparent: '00-5-6-03' }),
  );
  expect((await row(id)).trace_context).toEqual({ traceparent: '00-5-6-03' });
  await commit((db) => failTask(db, { ...failed(id, 4), traceContext: next }));
  expect((await row(id)).trace_context).toEqual(next);
});
