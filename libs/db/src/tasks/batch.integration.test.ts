import { newId } from '../ids';
import {
  cancelAttempt,
  cancelTask,
  completeTask,
  countCrash,
  endBatchMember,
  failTask,
  insertTasks,
  openBatch,
  replayTask,
} from './index';
import { failed, taskTables, type TaskTables } from './testing/task-tables';

let tables: TaskTables;
let { commit, inserted, row, batchRow, task } = {} as TaskTables;
beforeEach(async () => {
  tables = await taskTables();
  ({ commit, inserted, row, batchRow, task } = tables);
});
afterEach(() => tables.drop());

describe('batches', () => {
  async function opened(count: number) {
    const batchId = newId();
    const children = Array.from({ length: count }, () => task({ batchId }));
    const continuation = task({ name: 'continuation' });
    const publish = await commit((db) =>
      openBatch(db, { id: batchId, accountId: tables.accountId, taskId: newId(), children, continuation }),
    );
    return { batchId, children, continuation, publish };
  }
  const complete = (id: string, batchId: string, joined = 0) =>
    commit(async (db) => {
      await completeTask(db, { id, attempt: 1 });
      return endBatchMember(db, batchId, 'succeeded', joined);
    });

  test('the last child to end enqueues the continuation, whatever the ends were', async () => {
    const { batchId, children, continuation, publish } = await opened(3);
    expect(publish.map(({ id }) => id)).toEqual(children.map(({ id }) => id));
    const [a = '', b = '', c = ''] = children.map(({ id }) => id);
    expect(await complete(a, batchId)).toEqual([]);
    expect(await commit((db) => failTask(db, failed(b, 1, batchId)))).toEqual([]);
    expect(await commit((db) => cancelTask(db, c))).toMatchObject({
      outcome: 'cancelled',
      publish: [{ id: continuation.id }],
    });
    expect(await batchRow(batchId)).toMatchObject({
      total: 3,
      pending: 0,
      failed: 1,
      cancelled: 1,
      finished_at: expect.any(Date) as Date,
    });
    expect(await row(continuation.id)).toMatchObject({ state: 'queued', name: 'continuation' });
  });

  test('children that end at the same time enqueue it once', async () => {
    const { batchId, children, continuation } = await opened(8);
    const published = await Promise.all(children.map(({ id }) => complete(id, batchId)));
    expect(published.flat().map(({ id }) => id)).toEqual([continuation.id]);
  });

  test('waits for children that joined later', async () => {
    const { batchId, children, continuation } = await opened(1);
    const later = task({ batchId });
    expect(
      await commit(async (db) => {
        await insertTasks(db, [later]);
        return endBatchMember(db, batchId, 'succeeded', 1);
      }),
    ).toEqual([]);
    expect(children).toHaveLength(1);
    expect(await complete(later.id, batchId)).toMatchObject([{ id: continuation.id }]);
    expect(await batchRow(batchId)).toMatchObject({ total: 2 });
  });

  test('one without children continues at once', async () => {
    const { continuation, publish } = await opened(0);
    expect(publish).toMatchObject([{ id: continuation.id }]);
  });

  test('a replayed child is waited for again while the batch is open, and runs on its own afterwards', async () => {
    const { batchId, children, continuation } = await opened(2);
    const [a = '', b = ''] = children.map(({ id }) => id);
    await commit((db) => failTask(db, failed(a, 1, batchId)));
    await commit((db) => replayTask(db, a, 3, null));
    expect(await complete(b, batchId)).toEqual([]);
    expect(await commit((db) => failTask(db, failed(a, 2, batchId)))).toMatchObject([{ id: continuation.id }]);
    const alone = await commit((db) => replayTask(db, a, 3, null));
    expect(alone).toMatchObject({ id: a, attempt: 3, batchId: null });
    expect(await batchRow(batchId)).toMatchObject({ pending: 0, failed: 1 });
  });
});

describe('steering', () => {
  test('a waiting task is cancelled, an ended one is left, a running one is its worker’s', async () => {
    const waiting = await inserted();
    expect(await commit((db) => cancelTask(db, waiting.id))).toEqual({ outcome: 'cancelled', publish: [] });
    expect(await row(waiting.id)).toMatchObject({ state: 'cancelled' });
    expect(await commit((db) => cancelTask(db, waiting.id))).toEqual({ outcome: 'ended' });
    const running = await inserted();
    await commit(async (db) => {
      await completeTask(db, { id: running.id, attempt: 1 });
      expect(await commit((other) => cancelTask(other, running.id))).toEqual({ outcome: 'running' });
    });
  });

  test('its worker cancels the attempt it was running and no other', async () => {
    const { id } = await inserted();
    expect(await commit((db) => cancelAttempt(db, { id, attempt: 2, batchId: null }))).toBeNull();
    expect(await commit((db) => cancelAttempt(db, { id, attempt: 1, batchId: null }))).toEqual([]);
    expect(await row(id)).toMatchObject({ state: 'cancelled' });
  });

  test('only what has failed or was cancelled is replayed, as a new attempt with its full number of tries', async () => {
    const { id } = await inserted({ maxAttempts: 1 });
    expect(await commit((db) => replayTask(db, id, 4, null))).toBeNull();
    await commit((db) => countCrash(db, { id, attempt: 1 }));
    await commit((db) => failTask(db, failed(id, 1)));
    expect(await commit((db) => replayTask(db, id, 4, 'key'))).toMatchObject({ id, attempt: 2 });
    expect(await row(id)).toMatchObject({
      state: 'queued',
      attempt: 2,
      max_attempts: 5,
      crash_count: 0,
      unique_key: 'key',
      error: null,
      finished_at: null,
    });
  });
});
