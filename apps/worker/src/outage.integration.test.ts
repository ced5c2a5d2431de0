/** The failures that the worker's forerunner died of: a database that is not ready, and one that stops being so. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { migrate, models, openDatabase } from '@sorting-office/db';
import { createTestDatabase, createTestVhost } from '@sorting-office/stack';
import { done, TaskRegistry } from '@sorting-office/tasks';
import { createLogger, startTelemetry } from '@sorting-office/telemetry';
import { workerConfig } from './config';
import { serveHealth } from './health';
import { openOffice } from './testing/office';
import { all, works } from './testing/tasks';
import { Worker } from './worker';

const forever = new AbortController().signal;

test('started on an empty database it takes nothing, says what is missing, and works as soon as the schema is there', async () => {
  const [empty, vhost] = await Promise.all([createTestDatabase(), createTestVhost()]);
  const logged: string[] = [];
  const log = createLogger({ service: 'worker', destination: { write: (line) => void logged.push(line) } });
  const config = workerConfig.parse({ DATABASE_URL: empty.url, AMQP_URL: vhost.amqpUrl });
  const worker = new Worker(config, new TaskRegistry(all), log);
  const telemetry = await startTelemetry({ name: 'test', version: '0' });
  const health = await serveHealth(worker, telemetry, { host: '127.0.0.1', port: 0 });
  const ready = `http://127.0.0.1:${(health.address() as AddressInfo).port}/healthz/ready`;
  const reasons = async () => ((await (await fetch(ready)).json()) as { reasons: string[] }).reasons.join('; ');
  try {
    const started = worker.start(forever);
    while (!(await reasons()).includes('lacks every migration')) continue;
    expect((await fetch(ready)).status).toBe(503);

    await migrate({ url: empty.url });
    await started;
    expect((await fetch(ready)).status).toBe(200);
    const said = logged.join('');
    expect(said).toContain(`ready: ${models.length} tables verified`);
    expect(said).toContain('waiting for tasks, each in a transaction of its own');
    expect(said).not.toMatch(/"level":"error"/);
  } finally {
    await worker.stop();
    health.close();
    await telemetry.stop();
    await vhost.drop();
    await empty.drop();
  }
});

test('tasks that wait while the schema is missing are not touched, and all succeed on their first attempt once it is there', async () => {
  const office = await openOffice(all);
  const admin = openDatabase({ url: office.url });
  const alter = (sql: string) => admin.transaction((db) => db.execute(sql));
  try {
    const tasks = await Promise.all(Array.from({ length: 20 }, () => office.enqueue(works)));
    await alter('RENAME TABLE tasks TO tasks_away, correspondents TO correspondents_away');
    const worker = office.worker();
    const started = worker.start(forever);
    while (!worker.notReady().join().includes('table tasks')) await new Promise((resolve) => setImmediate(resolve));
    expect(office.events).toEqual([]);

    await alter('RENAME TABLE tasks_away TO tasks, correspondents_away TO correspondents');
    await started;
    for (const task of tasks) expect(await office.ended(task)).toMatchObject({ type: 'task.succeeded', attempt: 1 });
    expect(await office.ledger()).toHaveLength(20);
  } finally {
    await admin.close();
    await office.close();
  }
});

test.each(['correspondents', 'tasks'])(
  'the table %s dropped while tasks run costs no task an attempt',
  async (table) => {
    const office = await openOffice(all);
    const admin = openDatabase({ url: office.url });
    const alter = (sql: string) => admin.transaction((db) => db.execute(sql));
    try {
      const worker = await office.startWorker();
      const before = await Promise.all(Array.from({ length: 30 }, () => office.enqueue(works)));
      await alter(`RENAME TABLE ${table} TO away`);
      if (table !== 'tasks')
        before.push(...(await Promise.all(Array.from({ length: 30 }, () => office.enqueue(works)))));
      else await Promise.all(before.map((task) => office.deliver(task)));
      while (!worker.notReady().join().includes(`table ${table}`))
        await new Promise((resolve) => setImmediate(resolve));

      await alter(`RENAME TABLE away TO ${table}`);
      for (const task of before) expect(await office.ended(task)).toMatchObject({ type: 'task.succeeded', attempt: 1 });
      expect(await office.ledger()).toHaveLength(before.length);
      for (const task of before) expect(await office.attempts(task)).toEqual([]);
    } finally {
      await admin.close();
      await office.close();
    }
  },
);

test('a task whose own statement asks for a table that no schema has fails in the end, and the worker goes on', async () => {
  const wrong = {
    ...works,
    name: 'asks_in_vain',
    run: async (_payload: unknown, { db }: { db: { rows(sql: string): Promise<unknown> } }) => {
      await db.rows('SELECT * FROM no_schema_has_this');
      return done({ answer: 1 });
    },
  } as typeof works;
  const office = await openOffice([...all, wrong]);
  try {
    await office.startWorker();
    const task = await office.enqueue(wrong);
    expect(await office.ended(task)).toMatchObject({ type: 'task.failed' });
    expect((await office.row(task)).error?.message).toContain('no_schema_has_this');
    expect(await office.ended(await office.enqueue(works))).toMatchObject({ type: 'task.succeeded' });
  } finally {
    await office.close();
  }
}, 60_000);

test('told to stop before its database is there, it stops', async () => {
  const log = createLogger({ service: 'worker', level: 'silent' });
  const config = workerConfig.parse({
    DATABASE_URL: 'mysql://office:x@127.0.0.1:1/office',
    AMQP_URL: 'amqp://127.0.0.1:1',
  });
  const worker = new Worker(config, new TaskRegistry(all), log);
  const stop = new AbortController();
  const started = worker.start(stop.signal);
  stop.abort(new Error('told to stop'));
  await expect(started).rejects.toThrow('told to stop');
  await worker.stop();
});

test('a worker that loses a subscription is not ready and says which, until it has it back', async () => {
  const office = await openOffice(all);
  const { broker } = office;
  try {
    const worker = await office.startWorker();
    const ready = async (is: boolean) => {
      while ((worker.notReady().length === 0) !== is) await new Promise((resolve) => setImmediate(resolve));
      return worker.notReady();
    };
    // Nobody may subscribe to anything now: a queue that is deleted, and comes back, has no consumer.
    await broker.permit({ configure: '.*', write: '.*', read: '^$' });
    await broker.deleteQueue('office.tasks.bulk');
    expect(await ready(false)).toEqual(['not subscribed to office.tasks.bulk']);
    // So far it is waited for: a worker that gets it back by itself needs no restart.
    expect(await worker.stuck()).toBeNull();

    await broker.permit({ configure: '.*', write: '.*', read: '.*' });
    expect(await ready(true)).toEqual([]);
    expect(await office.ended(await office.enqueue(works))).toMatchObject({ type: 'task.succeeded' });
  } finally {
    await office.close();
  }
}, 60_000);

test('a broker that is not there yet is waited for, and named as what is missing', async () => {
  const office = await openOffice(all);
  const blocked = createServer().listen(0, '127.0.0.1');
  await once(blocked, 'listening');
  const { port } = blocked.address() as AddressInfo;
  blocked.close();
  const log = createLogger({ service: 'worker', level: 'silent' });
  const worker = new Worker(
    workerConfig.parse({ DATABASE_URL: office.url, AMQP_URL: `amqp://127.0.0.1:${port}` }),
    new TaskRegistry(all),
    log,
  );
  const stop = new AbortController();
  const started = worker.start(stop.signal);
  while (!worker.notReady().join().includes('ECONNREFUSED')) await new Promise((resolve) => setImmediate(resolve));
  stop.abort(new Error('told to stop'));
  await expect(started).rejects.toThrow();
  await worker.stop();
  await office.close();
});
