/** What starts when: tasks with a rate limit on several workers, and tasks with priorities on one. */
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Correspondent, RateLimit, Task } from '@sorting-office/db';
import { defineTask, done } from '@sorting-office/tasks';
import { z } from 'zod';
import { openOffice, type Office } from './testing/office';
import { bell, waits, works } from './testing/tasks';

const limited = defineTask({
  name: 'limited',
  description: 'Writes, 25 times a second at the most',
  payload: z.object({}),
  result: z.void(),
  queue: 'default',
  rateLimit: { tasks: 25, perSeconds: 1 },
  run: async (_payload, { db, task }) => {
    await db(Correspondent).insert({ mailbox_id: task.id, address: `limited ${task.id} ${task.attempt}` });
    return done();
  },
});

let office: Office;
beforeEach(async () => {
  office = await openOffice([limited, waits, works]);
});
afterEach(() => office.close());

test('two workers together never begin more of a limited task than it may, put each off once, and run each once', async () => {
  await Promise.all([office.startWorker(), office.startWorker()]);
  const tasks = await Promise.all(Array.from({ length: 100 }, () => office.enqueue(limited)));
  for (const task of tasks) await office.succeeded(task);
  const rows = await office.database.read((db) => db(Task).orderBy('slot_at'));
  const slots = rows.map(({ slot_at }) => slot_at?.getTime() ?? Number.NaN);
  // Dates are cut to milliseconds.
  const windows = slots.slice(25).map((slot, n) => slot - (slots[n] ?? 0));
  expect(windows).toHaveLength(75);
  for (const length of windows) expect(length).toBeGreaterThanOrEqual(999);
  for (const { id, attempt, finished_at, slot_at, crash_count } of rows) {
    expect(attempt).toBeLessThanOrEqual(2);
    expect(finished_at?.getTime()).toBeGreaterThanOrEqual(slot_at?.getTime() ?? Number.NaN);
    expect(crash_count).toBe(0);
    expect(await office.attempts({ id })).toEqual([]);
  }
  expect(await office.ledger()).toHaveLength(100);
  const putOff = office.events.filter(({ type }) => type === 'task.postponed').map(({ taskId }) => taskId);
  expect(putOff.sort()).toEqual(
    rows
      .filter(({ attempt }) => attempt === 2)
      .map(({ id }) => id)
      .sort(),
  );
}, 60_000);

test('a task without a limit has no slot and leaves no trace of one', async () => {
  await office.startWorker();
  const task = await office.enqueue(works);
  await office.ended(task);
  expect(await office.row(task)).toMatchObject({ slot_at: null, slot_attempt: null });
  expect(await office.database.read((db) => db(RateLimit))).toEqual([]);
});

test('of the messages that a worker holds, the one with the highest priority starts first', async () => {
  const worker = await office.startWorker({ WORKER_CONCURRENCY_DEFAULT: '1' });
  const running = once(bell, 'begun');
  const first = await office.enqueue(waits);
  await running;
  const later = [
    await office.enqueue(works, {}, { priority: 1 }),
    await office.enqueue(works, {}, { priority: 1 }),
    await office.enqueue(works, {}, { priority: 200 }),
  ];
  const soon = AbortSignal.timeout(20_000);
  while (worker.held < 4) {
    soon.throwIfAborted();
    await turn();
  }
  bell.emit(`go ${first.id}`);
  for (const task of later) await office.ended(task);
  const order = office.events.filter(({ type, name }) => type === 'task.succeeded' && name === 'works');
  expect(order.map(({ taskId }) => later.findIndex(({ id }) => id === taskId))).toEqual([2, 0, 1]);
});
