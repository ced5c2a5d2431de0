import { newId } from '../ids';
import {
  cancelAttempt,
  cancelBatchesOf,
  completeTask,
  endBatchMember,
  failTask,
  findStanding,
  insertTasks,
  openBatch,
  replayTask,
} from './index';
import { failed, taskTables, type TaskTables } from './testing/task-tables';

let tables: TaskTables;
let { database, commit, inserted, row, batchRow, task } = {} as TaskTables;
beforeEach(async () => {
  tables = await taskTables();
  ({ database, commit, inserted, row, batchRow, task } = tables);
});
afterEach(() => tables.drop());

/** A batch of some members that waits for them, opened by a task that has ended. */
async function opened(count: number, taskId = newId(), continuationBatch: string | null = null) {
  const batchId = newId();
  const children = Array.from({ length: count }, () => task({ batchId }));
  const continuation = task({ name: 'continuation', uniqueKey: 'one at a time', batchId: continuationBatch });
  await commit((db) => openBatch(db, { id: batchId, accountId: tables.accountId, taskId, children, continuation }));
  return { taskId, batchId, ids: children.map(({ id }) => id), continuation };
}
const succeed = (id: string, batchId: string, joined = 0) =>
  commit(async (db) => {
    await completeTask(db, { id, attempt: 1 });
    return endBatchMember(db, batchId, 'succeeded', joined);
  });
const callOffAlone = (batchId: string) =>
  commit((db) => db.execute('UPDATE batches SET cancelled_at = now(6) WHERE id = ?', [batchId]));
const states = async (ids: readonly string[]) => (await Promise.all(ids.map(row))).map(({ state }) => state);

test('what waits is cancelled at once, with the continuation as the end that is followed, and nothing is published', async () => {
  const { taskId, batchId, ids, continuation } = await opened(3);
  const [first = '', ...rest] = ids;
  await succeed(first, batchId);
  expect(await cancelBatchesOf(database, taskId)).toEqual({ batches: 1, running: [], publish: [] });
  expect(await states(ids)).toEqual(['succeeded', 'cancelled', 'cancelled']);
  expect(await row(rest[0] ?? '')).toMatchObject({ publish_at: null, finished_at: expect.any(Date) as Date });
  expect(await batchRow(batchId)).toMatchObject({ total: 3, pending: 0, cancelled: 2 });
  expect((await batchRow(batchId)).finished_at).not.toBeNull();
  expect(await row(continuation.id)).toMatchObject({
    state: 'cancelled',
    publish_at: null,
    unique_key: null,
    error: { code: 'BATCH_CANCELLED' },
  });
  expect(await cancelBatchesOf(database, taskId)).toEqual({ batches: 0, running: [], publish: [] });
});

test('a batch of more members than one transaction takes is cancelled as a whole', async () => {
  const { taskId, batchId, ids } = await opened(1201);
  await Promise.all(ids.slice(0, 40).map((id) => succeed(id, batchId)));
  expect(await cancelBatchesOf(database, taskId)).toMatchObject({ batches: 1, running: [] });
  expect(await batchRow(batchId)).toMatchObject({ total: 1201, pending: 0, cancelled: 1161 });
  const [left] = await commit((db) =>
    db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM tasks WHERE state = 'queued' AND batch_id = ?`, [batchId]),
  );
  expect(left?.n).toBe(0);
});

test('a running member is named, cannot succeed, and ends the batch once its worker has cancelled it', async () => {
  const { taskId, batchId, ids, continuation } = await opened(2);
  const [running = ''] = ids;
  const attempt = commit(async (db) => {
    await completeTask(db, { id: running, attempt: 1 });
    expect(await cancelBatchesOf(database, taskId)).toMatchObject({ batches: 1, running: [{ id: running, batchId }] });
    // Asking again finds the same.
    expect(await cancelBatchesOf(database, taskId)).toMatchObject({ batches: 1, running: [{ id: running }] });
    return endBatchMember(db, batchId, 'succeeded');
  });
  await expect(attempt).rejects.toMatchObject({ code: 'BATCH_CANCELLED' });
  expect(await states(ids)).toEqual(['queued', 'cancelled']);
  expect(await batchRow(batchId)).toMatchObject({ pending: 1, cancelled: 1, finished_at: null });
  expect(await commit((db) => cancelAttempt(db, { id: running, attempt: 1, batchId }))).toEqual([]);
  expect(await batchRow(batchId)).toMatchObject({ pending: 0, cancelled: 2, finished_at: expect.any(Date) as Date });
  expect(await row(continuation.id)).toMatchObject({ state: 'cancelled' });
});

test('what a member adds to the batch while it is called off goes with the member', async () => {
  const { taskId, batchId, ids } = await opened(1);
  const [running = ''] = ids;
  const joining = task({ batchId });
  const attempt = commit(async (db) => {
    await completeTask(db, { id: running, attempt: 1 });
    await insertTasks(db, [joining]);
    await cancelBatchesOf(database, taskId);
    return endBatchMember(db, batchId, 'succeeded', 1);
  });
  await expect(attempt).rejects.toMatchObject({ code: 'BATCH_CANCELLED' });
  await expect(row(joining.id)).rejects.toThrow();
  await commit((db) => cancelAttempt(db, { id: running, attempt: 1, batchId }));
  expect(await batchRow(batchId)).toMatchObject({ total: 1, pending: 0, cancelled: 1 });
});

test('died right after calling it off: members find out when they end, and calling off again does the rest', async () => {
  const { taskId, batchId, ids, continuation } = await opened(4);
  const [a = '', b = '', c = ''] = ids;
  await callOffAlone(batchId);
  expect(await commit((db) => findStanding(db, a))).toMatchObject({ state: 'queued', batchCancelled: true });
  await expect(succeed(a, batchId)).rejects.toMatchObject({ code: 'BATCH_CANCELLED' });
  await commit((db) => cancelAttempt(db, { id: a, attempt: 1, batchId }));
  await commit((db) => failTask(db, failed(b, 1, batchId)));
  expect(await batchRow(batchId)).toMatchObject({ pending: 2, failed: 1, cancelled: 1, finished_at: null });
  const { cancelled_at: calledOff } = await batchRow(batchId);
  expect(await cancelBatchesOf(database, taskId)).toMatchObject({ batches: 1 });
  expect(await states([c])).toEqual(['cancelled']);
  expect(await batchRow(batchId)).toMatchObject({ pending: 0, failed: 1, cancelled: 3, cancelled_at: calledOff });
  expect(await row(continuation.id)).toMatchObject({ state: 'cancelled' });
});

test('the batches that members have opened are called off with it, through those that have finished', async () => {
  const outer = await opened(2);
  const [member = '', other = ''] = outer.ids;
  const finished = await opened(1, member);
  const innermost = await opened(1, finished.ids[0]);
  const running = await opened(1, member);
  await succeed(member, outer.batchId);
  await succeed(finished.ids[0] ?? '', finished.batchId);
  await commit(async (db) => {
    await completeTask(db, { id: running.ids[0] ?? '', attempt: 1 });
    expect(await cancelBatchesOf(database, outer.taskId)).toMatchObject({
      batches: 3,
      running: [{ id: running.ids[0] }],
    });
  });
  expect(await states([other, ...innermost.ids])).toEqual(['cancelled', 'cancelled']);
  expect(await batchRow(innermost.batchId)).toMatchObject({ pending: 0, cancelled: 1 });
  expect((await batchRow(finished.batchId)).cancelled_at).toBeNull();
});

test('a continuation that is waited for itself counts off, and what goes on from there is published', async () => {
  const outer = await opened(1);
  const inner = await opened(1, newId(), outer.batchId);
  const [publish] = (await cancelBatchesOf(database, inner.taskId)).publish;
  expect(publish).toMatchObject({ id: outer.continuation.id });
  expect(await batchRow(outer.batchId)).toMatchObject({ pending: 0, cancelled: 1, cancelled_at: null });
});

test('a cancelled member that is replayed runs on its own, whether the batch has finished or not', async () => {
  const { taskId, batchId, ids } = await opened(2);
  const [running = '', waiting = ''] = ids;
  await commit(async (db) => {
    await completeTask(db, { id: running, attempt: 1 });
    await cancelBatchesOf(database, taskId);
    throw new Error('stopped');
  }).catch(() => undefined);
  const before = await batchRow(batchId);
  expect(before).toMatchObject({ pending: 1, finished_at: null });
  expect(await commit((db) => replayTask(db, waiting, 3, null))).toMatchObject({ attempt: 2, batchId: null });
  expect(await batchRow(batchId)).toEqual(before);
  await commit((db) => completeTask(db, { id: waiting, attempt: 2 }));
  await commit((db) => cancelAttempt(db, { id: running, attempt: 1, batchId }));
  expect(await commit((db) => replayTask(db, running, 3, null))).toMatchObject({ batchId: null });
  expect(await batchRow(batchId)).toMatchObject({ pending: 0, cancelled: 2 });
});

test('a replay whose unique key is taken changes nothing, and its batch does not wait for it', async () => {
  const { batchId, ids } = await opened(2);
  const [a = ''] = ids;
  await commit((db) => failTask(db, failed(a, 1, batchId)));
  await inserted({ uniqueKey: 'taken' });
  const before = await batchRow(batchId);
  await commit(async (db) => {
    await expect(replayTask(db, a, 3, 'taken')).rejects.toMatchObject({ errno: 1062 });
  });
  expect(await batchRow(batchId)).toEqual(before);
  expect(await row(a)).toMatchObject({ state: 'failed', attempt: 1 });
});
