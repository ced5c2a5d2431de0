import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { Task } from '@sorting-office/db';
import { queueName, taskExchange } from '@sorting-office/broker';
import { openOffice, type Office } from './testing/office';
import {
  all,
  bell,
  discards,
  dozes,
  ignores,
  opens,
  postpones,
  prepares,
  recovers,
  refuses,
  returnsNonsense,
  throws,
  waits,
  works,
} from './testing/tasks';

let office: Office;
beforeEach(async () => {
  office = await openOffice(all);
});
afterEach(() => office.close());

const begun = async (id: string) => {
  for (;;) if (((await once(bell, 'begun')) as string[])[0] === id) return;
};

describe('a task', () => {
  test('succeeds on its first attempt, with its effect and its result', async () => {
    await office.startWorker();
    const task = await office.enqueue(works, { answer: 7 });
    expect(await office.ended(task)).toMatchObject({ type: 'task.succeeded', attempt: 1 });
    expect(await office.row(task)).toMatchObject({
      state: 'succeeded',
      attempt: 1,
      result: { answer: 7 },
      publish_at: null,
    });
    expect(await office.ledger()).toHaveLength(1);
  });

  test('delivered five times at once to two workers has one effect', async () => {
    const task = await office.enqueue(works);
    await Promise.all(Array.from({ length: 4 }, () => office.deliver(task)));
    await Promise.all([office.startWorker(), office.startWorker()]);
    await office.ended(task);
    // A later task on the same queue ends only after the duplicates have been looked at.
    const last = await office.enqueue(works);
    await office.ended(last);
    expect(await office.ledger()).toHaveLength(2);
    expect(await office.row(task)).toMatchObject({ state: 'succeeded', attempt: 1 });
  });

  test('that writes, enqueues and throws leaves nothing, is tried as often as it may be, and ends as failed', async () => {
    await office.startWorker();
    const task = await office.enqueue(throws);
    expect(await office.ended(task)).toMatchObject({ type: 'task.failed', attempt: 3 });
    expect(await office.ledger()).toEqual([]);
    expect(await office.row(task)).toMatchObject({
      state: 'failed',
      attempt: 3,
      error: { code: 'TASK_THREW', message: 'on purpose' },
    });
    expect((await office.attempts(task)).map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(await office.database.read((db) => db(Task).where({ name: 'works' }))).toEqual([]);
    expect(office.events.filter(({ name }) => name === 'works')).toEqual([]);
  });

  test('that throws once succeeds on its second attempt, with one effect', async () => {
    await office.startWorker();
    const task = await office.enqueue(recovers);
    expect(await office.ended(task)).toMatchObject({ type: 'task.succeeded', attempt: 2 });
    expect(await office.ledger()).toHaveLength(1);
    expect(await office.attempts(task)).toMatchObject([{ attempt: 1, error: { message: 'not yet' } }]);
  });

  test('whose failure is final is not tried again', async () => {
    await office.startWorker();
    const task = await office.enqueue(refuses);
    expect(await office.ended(task)).toMatchObject({ type: 'task.failed', attempt: 1 });
    expect((await office.row(task)).error).toEqual({
      code: 'REFUSED',
      message: 'this can never work',
      details: { why: 'test' },
    });
  });

  test('that asks for another time gets it as often as it likes, leaves nothing meanwhile, and has never failed', async () => {
    await office.startWorker();
    const task = await office.enqueue(postpones, { times: 5 });
    expect(await office.ended(task)).toMatchObject({ type: 'task.succeeded', attempt: 6 });
    expect(await office.row(task)).toMatchObject({ state: 'succeeded', attempt: 6, max_attempts: 8, error: null });
    expect(await office.attempts(task)).toEqual([]);
    expect(await office.ledger()).toEqual([expect.stringContaining('postponed 6')]);
    expect(office.events.filter(({ type }) => type === 'task.postponed')).toHaveLength(5);
  });

  test('that finds nothing left to do is cancelled with the reason, and leaves nothing', async () => {
    await office.startWorker();
    const task = await office.enqueue(discards);
    expect(await office.ended(task)).toMatchObject({ type: 'task.cancelled', attempt: 1 });
    expect(await office.row(task)).toMatchObject({
      state: 'cancelled',
      error: { code: 'DISCARDED', message: 'the mailbox is gone' },
    });
    expect(await office.ledger()).toEqual([]);
    expect(await office.database.read((db) => db(Task).where({ name: 'works' }))).toEqual([]);
  });

  test('that returns what its schema refuses has failed', async () => {
    await office.startWorker();
    const task = await office.enqueue(returnsNonsense);
    expect(await office.ended(task)).toMatchObject({ type: 'task.failed' });
    expect(await office.row(task)).toMatchObject({ result: null, error: { code: 'RESULT_INVALID' } });
  });

  test('prepares before its transaction, and not at all for a duplicate', async () => {
    await office.startWorker();
    const task = await office.enqueue(prepares);
    await office.ended(task);
    expect((await office.row(task)).result).toEqual({ prepared: '0 read', preparations: 1 });
    await office.deliver(task);
    const second = await office.enqueue(prepares);
    await office.ended(second);
    expect((await office.row(second)).result).toMatchObject({ preparations: 2 });
  });

  test('that opens a batch has its continuation once every child has ended', async () => {
    await office.startWorker();
    const task = await office.enqueue(opens);
    await office.ended(task);
    let rows: Task[] = [];
    while (rows.length < 4 || rows.some(({ state }) => state !== 'succeeded')) {
      rows = await office.database.read((db) =>
        db(Task).where({ root_id: task.id, name: 'works' }).orderBy('finished_at'),
      );
    }
    expect(rows.at(-1)).toMatchObject({ payload: { answer: 99 } });
  });
});

describe('a running task', () => {
  test('that is cancelled is rolled back, and its row says so', async () => {
    await office.startWorker();
    const task = await office.enqueue(waits);
    await begun(task.id);
    const channel = await office.connection.createChannel();
    const { id: taskId, accountId, name, attempt, rootId } = task;
    const cancel = {
      type: 'task.cancel',
      taskId,
      accountId,
      name,
      attempt,
      rootId,
      batchId: null,
      at: new Date().toISOString(),
    };
    channel.publish('office.events', 'task.cancel', Buffer.from(JSON.stringify(cancel)));
    expect(await office.ended(task)).toMatchObject({ type: 'task.cancelled' });
    expect(await office.row(task)).toMatchObject({ state: 'cancelled' });
    expect(await office.ledger()).toEqual([]);
  });

  test('that ignores its time limit is rolled back and fails, and the worker goes on', async () => {
    await office.startWorker({ WORKER_CONCURRENCY_DEFAULT: '1' });
    const task = await office.enqueue(ignores);
    const next = await office.enqueue(works);
    expect(await office.ended(task)).toMatchObject({ type: 'task.failed' });
    expect(await office.row(task)).toMatchObject({ error: { code: 'TASK_TIMED_OUT' } });
    expect(await office.ended(next)).toMatchObject({ type: 'task.succeeded' });
    expect(await office.ledger()).toEqual([expect.stringContaining(next.id)]);
  });

  test('that waits for the database beyond its time limit is not waited for, and its session is ended', async () => {
    await office.startWorker({ WORKER_CONCURRENCY_DEFAULT: '1' });
    const task = await office.enqueue(dozes);
    expect(await office.ended(task)).toMatchObject({ type: 'task.failed' });
    expect(await office.row(task)).toMatchObject({ state: 'failed', error: { code: 'TASK_TIMED_OUT' } });
    expect(await office.ledger()).toEqual([]);
  });

  test('that goes on although it was told to stop is reported', async () => {
    const worker = await office.startWorker();
    await office.ended(await office.enqueue(ignores));
    while (!office.logged.some((line) => line.includes('a task goes on running although it was told to stop')))
      await new Promise((resolve) => setImmediate(resolve));
    expect(await worker.stuck()).toBeNull();
  });

  test('is finished when the worker is told to stop, and what had not begun is left for another', async () => {
    const worker = await office.startWorker({ WORKER_CONCURRENCY_DEFAULT: '1' });
    const first = await office.enqueue(waits);
    await begun(first.id);
    const second = await office.enqueue(works);
    const stopping = worker.stop();
    bell.emit(`go ${first.id}`);
    await stopping;
    expect(await office.row(first)).toMatchObject({ state: 'succeeded', attempt: 1 });
    expect(await office.row(second)).toMatchObject({ state: 'queued', attempt: 1 });
    await office.startWorker();
    expect(await office.ended(second)).toMatchObject({ type: 'task.succeeded', attempt: 1 });
  });

  test('that does not end within the grace period is rolled back and handed back, uncounted', async () => {
    const worker = await office.startWorker({ WORKER_GRACE_SECONDS: '0.1' });
    const task = await office.enqueue(waits);
    await begun(task.id);
    await worker.stop();
    expect(await office.row(task)).toMatchObject({ state: 'queued', attempt: 1, crash_count: 0 });
    expect(await office.ledger()).toEqual([]);

    // Delivered once more, it is a suspect and counted, until that worker too stops in good order.
    const second = await office.startWorker({ WORKER_GRACE_SECONDS: '0.1' });
    await begun(task.id);
    expect(await office.row(task)).toMatchObject({ crash_count: 1 });
    await second.stop();
    expect(await office.row(task)).toMatchObject({ state: 'queued', attempt: 1, crash_count: 0 });

    await office.startWorker();
    await begun(task.id);
    bell.emit(`go ${task.id}`);
    expect(await office.ended(task)).toMatchObject({ type: 'task.succeeded', attempt: 1 });
    expect(await office.ledger()).toHaveLength(1);
  });
});

describe('a message', () => {
  const publish = (body: string) =>
    office.publisher.publish({
      exchange: taskExchange,
      routingKey: 'default',
      content: Buffer.from(body),
      options: { messageId: randomUUID() },
    });

  test('that cannot be understood is put aside with the reason, and the next one is handled', async () => {
    await office.startWorker();
    await publish('{"not": "a task"');
    expect(await office.aside()).toEqual({ body: '{"not": "a task"', reason: 'the body is not JSON' });
    await office.ended(await office.enqueue(works));
  });

  test('of a task that this build does not know is put aside', async () => {
    await office.startWorker();
    const task = await office.enqueue(works);
    await publish(JSON.stringify({ ...task, name: 'of_tomorrow' }));
    expect(await office.aside()).toMatchObject({ reason: 'this build has no task named of_tomorrow' });
  });

  test.each([
    ['name', { name: 'recovers' }],
    ['accountId', { accountId: randomUUID() }],
    ['rootId', { rootId: randomUUID() }],
    ['batchId', { batchId: randomUUID() }],
    ['payload', { payload: { answer: 'none' } }],
  ])('that says another %s than the database is put aside, and the task runs as it was meant', async (what, forged) => {
    const task = await office.insert(works);
    await publish(JSON.stringify({ ...task, ...forged }));
    await office.startWorker();
    expect(await office.aside()).toMatchObject({
      reason: `the message is not of task ${task.id} as the database has it: another ${what}`,
    });
    expect(await office.row(task)).toMatchObject({ state: 'queued', attempt: 1 });
    expect(await office.ledger()).toEqual([]);
    await office.deliver(task);
    expect(await office.ended(task)).toMatchObject({ type: 'task.succeeded', attempt: 1 });
  });

  test('of a task that the database does not know is put aside', async () => {
    await office.startWorker();
    const task = await office.enqueue(works);
    const id = randomUUID();
    await publish(JSON.stringify({ ...task, id }));
    expect(await office.aside()).toMatchObject({ reason: `there is no task ${id} in the database` });
  });

  test('of an attempt that is over is acknowledged away', async () => {
    await office.startWorker();
    const task = await office.enqueue(recovers);
    await office.ended(task);
    await office.deliver(task);
    await office.ended(await office.enqueue(works));
    expect(await office.row(task)).toMatchObject({ state: 'succeeded', attempt: 2 });
    const channel = await office.connection.createChannel();
    expect(await channel.checkQueue(queueName('default'))).toMatchObject({ messageCount: 0 });
  });
});
