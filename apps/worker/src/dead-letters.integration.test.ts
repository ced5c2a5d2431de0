/** A message that a worker cannot understand waits for one that can. */
import { DeadLetterBox } from '@sorting-office/broker';
import { TaskRegistry } from '@sorting-office/tasks';
import { createLogger } from '@sorting-office/telemetry';
import { workerConfig } from './config';
import { openOffice, type Office } from './testing/office';
import { all, works } from './testing/tasks';
import { Worker } from './worker';

let office: Office;
let older: Worker | null = null;
beforeEach(async () => {
  office = await openOffice(all);
});
afterEach(async () => {
  await older?.stop();
  await office.close();
});

/** A worker of a release that does not know the task yet. */
async function startOlder(): Promise<void> {
  older = new Worker(
    workerConfig.parse({ DATABASE_URL: office.url, AMQP_URL: office.amqpUrl, WORKER_GRACE_SECONDS: '5' }),
    new TaskRegistry(all.filter(({ name }) => name !== works.name)),
    createLogger({ service: 'worker', level: 'silent' }),
  );
  await older.start(new AbortController().signal);
}

test('a task that only the next release knows is put aside, and runs once that is there and it is requeued', async () => {
  await startOlder();
  const box = new DeadLetterBox({ connection: office.connection, publisher: office.publisher });
  const task = await office.enqueue(works, { answer: 7 });
  let letters = await box.list(10);
  while (letters.total === 0) letters = await box.list(10);
  await older?.stop();
  older = null;
  expect(letters.items).toMatchObject([
    {
      reason: 'this build has no task named works',
      queue: 'office.tasks.default',
      properties: { messageId: `${task.id}/1`, type: 'works', correlationId: task.rootId },
      headers: { 'x-attempt': 1 },
      body: { encoding: 'text' },
    },
  ]);
  expect(JSON.parse(letters.items[0]?.body.content ?? '')).toEqual(task);

  await office.startWorker();
  expect(await box.requeue({ reasonContains: 'no task named' }, 10)).toMatchObject({ done: 1, more: false });
  expect(await office.ended(task)).toMatchObject({ type: 'task.succeeded', attempt: 1 });
  expect(await office.row(task)).toMatchObject({ state: 'succeeded', result: { answer: 7 } });
  expect(await office.ledger()).toHaveLength(1);
  expect(await box.list(10)).toEqual({ items: [], total: 0 });
}, 60_000);
