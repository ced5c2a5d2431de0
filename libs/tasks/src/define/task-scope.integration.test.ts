import { Batch, insertTasks, newId, type QueuedTask, Task } from '@sorting-office/db';
import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import { z } from 'zod';
import { defineTask } from './define-task';
import { done } from './outcome';
import { newTask } from './new-task';
import { call, type TaskContext } from './task-context';
import { openTaskScope } from './task-scope';

const child = defineTask({
  name: 'child',
  description: 'A child',
  payload: z.object({ n: z.int() }),
  result: z.void(),
  queue: 'bulk',
  unique: ({ n }) => (n < 0 ? String(n) : null),
  run: () => Promise.resolve(done()),
});

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home.drop());

const signal = new AbortController().signal;
const log = { info: () => undefined, warn: () => undefined };

/** Runs work in the context of a task that is in the database, in one transaction. */
async function inTask<T>(work: (context: TaskContext) => Promise<T>, overrides: Partial<QueuedTask> = {}) {
  const row = { ...newTask(child, { n: 0 }, { accountId: home.accountId, traceContext: null }), ...overrides };
  await home.database.transaction((db) => insertTasks(db, [row]));
  const task = { ...row, attempt: 1 };
  return home.database.transaction(async (db) => {
    const scope = openTaskScope({ db, task, prepared: undefined, stop: { signal }, log, mailboxRoot: null });
    return {
      value: await work(scope.context),
      publish: scope.publish,
      delayed: scope.delayed,
      joined: scope.joined(),
      task,
    };
  });
}
const tasks = (ids: string[]) => home.database.read((db) => db(Task).whereIn('id', ids));

test('what a task enqueues is committed with it, in its family, to be published afterwards', async () => {
  const { value: id, publish, task } = await inTask(({ enqueue }) => enqueue(child, { n: 1 }));
  expect(publish).toMatchObject([{ id, name: 'child', rootId: task.rootId, accountId: home.accountId }]);
  expect(await tasks([id])).toHaveLength(1);
});

test('what a task enqueues before it throws is not there', async () => {
  let id = '';
  const running = inTask(async ({ enqueue }) => {
    id = await enqueue(child, { n: 1 });
    throw new Error('on purpose');
  });
  await expect(running).rejects.toThrow('on purpose');
  expect(await tasks([id])).toEqual([]);
});

test('what is unique and queued already is not enqueued again, and the task goes on', async () => {
  const { value } = await inTask(async ({ enqueue }) => [
    await enqueue(child, { n: -1 }),
    await enqueue(child, { n: -1 }),
    await enqueue(child, { n: 2 }),
  ]);
  expect(value[0]).toBe(value[1]);
  expect(await tasks(value)).toHaveLength(2);
});

test('many are enqueued in the order of their payloads, with what they have in common, and what is queued already stands for its like', async () => {
  const { value, publish, delayed, task } = await inTask(async ({ enqueue, enqueueMany }) => {
    const queued = await enqueue(child, { n: -3 });
    const many = await enqueueMany(child, [{ n: 1 }, { n: -3 }, { n: -2 }, { n: -2 }], { priority: 7 });
    const later = await enqueueMany(child, [{ n: 3 }], { delayMs: 60_000 });
    return { queued, many, later };
  });
  const { queued, many, later } = value;
  expect(many[1]).toBe(queued);
  expect(many[3]).toBe(many[2]);
  expect(publish).toMatchObject([
    { id: queued, payload: { n: -3 }, priority: 0, rootId: task.rootId, accountId: home.accountId },
    { id: many[0], payload: { n: 1 }, priority: 7, rootId: task.rootId, accountId: home.accountId },
    { id: many[2], payload: { n: -2 }, priority: 7, rootId: task.rootId, accountId: home.accountId },
  ]);
  expect(delayed).toMatchObject([{ id: later[0], payload: { n: 3 } }]);
  expect(await tasks([queued, ...many, ...later])).toHaveLength(4);
});

test('one payload of many that is not valid is refused before anything is written', async () => {
  let written = 0;
  const running = inTask(async ({ db, enqueueMany }) => {
    const before = await db(Task).resultSize();
    const refused: unknown = await enqueueMany(child, [{ n: 1 }, { n: 0.5 }]).catch((error: unknown) => error);
    written = (await db(Task).resultSize()) - before;
    throw refused;
  });
  await expect(running).rejects.toMatchObject({ code: 'PAYLOAD_INVALID' });
  expect(written).toBe(0);
});

test('a payload that is not valid is refused before anything is written', async () => {
  await expect(inTask(({ enqueue }) => enqueue(child, { n: 0.5 }))).rejects.toMatchObject({ code: 'PAYLOAD_INVALID' });
});

test('a batch has its children, and its continuation waits', async () => {
  const { value: batchId, publish } = await inTask(({ openBatch }) =>
    openBatch({
      children: [call(child, { n: 1 }), call(child, { n: 2 })],
      continuation: { task: child, payload: { n: 3 } },
    }),
  );
  expect(publish.map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }]);
  const batch = await home.database.read((db) => db(Batch).findById(batchId).throwIfNotFound());
  expect(batch).toMatchObject({ total: 2, pending: 2, continuation: { payload: { n: 3 } } });
});

test('tasks that join are counted for the batch of the one that enqueues them, and are on their own where there is none', async () => {
  const batchId = newId();
  const inBatch = await inTask(({ join }) => join([call(child, { n: 1 }), call(child, { n: 2 })]), { batchId });
  expect(inBatch).toMatchObject({ joined: 2, publish: [{ batchId }, { batchId }] });
  expect(await inTask(({ join }) => join([call(child, { n: 1 })]))).toMatchObject({
    joined: 0,
    publish: [{ batchId: null }],
  });
});
