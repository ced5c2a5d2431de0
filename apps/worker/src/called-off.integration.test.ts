/** What a worker makes of tasks whose batch is called off. */
import { once } from 'node:events';
import type { Task } from '@sorting-office/db';
import { Batch, cancelBatchesOf, type QueuedTask } from '@sorting-office/db';
import { call, defineTask, done, retryLater } from '@sorting-office/tasks';
import { z } from 'zod';
import { openOffice, type Office } from './testing/office';
import { all, bell, waits, works } from './testing/tasks';

/** Ends as its payload says, once it is told to go on. */
const ends = defineTask({
  name: 'ends',
  description: 'Rings, waits, and then throws or asks for another time',
  payload: z.object({ how: z.enum(['throw', 'later']) }),
  result: z.void(),
  queue: 'default',
  retry: { attempts: 3, baseMs: 1, maxMs: 1 },
  run: async ({ how }, { task, signal }) => {
    bell.emit('begun', task.id);
    await once(bell, `go ${task.id}`, { signal });
    if (how === 'throw') throw new Error('on purpose');
    return retryLater(1, 'not yet');
  },
});

const opensOne = defineTask({
  name: 'opens_one',
  description: 'Opens a batch of one that waits, with a continuation',
  payload: z.object({ how: z.enum(['wait', 'throw', 'later']) }),
  result: z.void(),
  queue: 'default',
  run: async ({ how }, { openBatch }) => {
    await openBatch({
      children: [how === 'wait' ? call(waits, {}) : call(ends, { how })],
      continuation: { task: works, payload: { answer: 99 } },
    });
    return done();
  },
});

let office: Office;
beforeEach(async () => {
  office = await openOffice([...all, ends, opensOne]);
  await office.startWorker();
});
afterEach(() => office.close());

/** A batch whose only member is running, and waits to be told to go on. */
async function running(how: 'wait' | 'throw' | 'later'): Promise<{ opener: QueuedTask; batch: Batch; member: Task }> {
  const begun = once(bell, 'begun');
  const opener = await office.enqueue(opensOne, { how });
  const [id] = (await begun) as [string];
  const batch = await office.database.read((db) => db(Batch).findOne({ task_id: opener.id }).throwIfNotFound());
  return { opener, batch, member: await office.row({ id }) };
}
const callOff = (batch: Batch) =>
  office.database.transaction((db) => db.execute('UPDATE batches SET cancelled_at = now(6) WHERE id = ?', [batch.id]));

/** The batch has ended with its member, and nothing goes on from it. */
async function expectOver(batch: Batch): Promise<void> {
  const after = await office.database.read((db) => db(Batch).findById(batch.id).throwIfNotFound());
  expect(after).toMatchObject({ pending: 0, finished_at: expect.any(Date) as Date });
  expect(await office.row(after.continuation as { id: string })).toMatchObject({
    state: 'cancelled',
    publish_at: null,
    error: { code: 'BATCH_CANCELLED' },
  });
  expect(await office.ledger()).toEqual([]);
}

test('a running member that is asked to stop is rolled back and cancelled, and the batch ends with it', async () => {
  const { opener, batch, member } = await running('wait');
  const { running: asked } = await cancelBatchesOf(office.database, opener.id);
  expect(asked.map(({ id }) => id)).toEqual([member.id]);
  const channel = await office.connection.createChannel();
  for (const { id: taskId, accountId, name, attempt, rootId, batchId } of asked) {
    const event = { type: 'task.cancel', taskId, accountId, name, attempt, rootId, batchId, at: new Date() };
    channel.publish('office.events', 'task.cancel', Buffer.from(JSON.stringify(event)));
  }
  expect(await office.ended(member)).toMatchObject({ type: 'task.cancelled' });
  await expectOver(batch);
}, 60_000);

test('a member that nobody asked cannot succeed: what it did is rolled back, and it is cancelled', async () => {
  const { batch, member } = await running('wait');
  await callOff(batch);
  bell.emit(`go ${member.id}`);
  expect(await office.ended(member)).toMatchObject({ type: 'task.cancelled', attempt: 1 });
  expect(await office.row(member)).toMatchObject({ state: 'cancelled', attempt: 1 });
  await expectOver(batch);
}, 60_000);

test('a member that fails is not tried again', async () => {
  const { batch, member } = await running('throw');
  await callOff(batch);
  bell.emit(`go ${member.id}`);
  expect(await office.ended(member)).toMatchObject({ type: 'task.failed', attempt: 1 });
  await expectOver(batch);
}, 60_000);

test('a member that asks for another time gets none', async () => {
  const { batch, member } = await running('later');
  await callOff(batch);
  bell.emit(`go ${member.id}`);
  expect(await office.ended(member)).toMatchObject({ type: 'task.cancelled', attempt: 1 });
  await expectOver(batch);
}, 60_000);
