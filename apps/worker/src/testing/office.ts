/** For tests of the worker: a database and a virtual host of one's own, workers with tasks of one's own, and ears for how they end. */
import { EventEmitter, once } from 'node:events';
import {
  BrokerConnection,
  deadQueue,
  declareTopology,
  encodeTask,
  EventListener,
  type OfficeEvent,
  Outbox,
  Publisher,
} from '@sorting-office/broker';
import { Correspondent, insertTasks, type QueuedTask, Task, TaskAttempt } from '@sorting-office/db';
import { migratedDatabase } from '@sorting-office/db/testing';
import { createBrokerUser, createTestVhost, Management } from '@sorting-office/stack';
import { type EnqueueOptions, newTask, type TaskDefinition, TaskRegistry } from '@sorting-office/tasks';
import { createLogger } from '@sorting-office/telemetry';
import { workerConfig } from '../config';
import { Worker } from '../worker';

export async function openOffice(tasks: TaskDefinition[]) {
  const [home, vhost] = await Promise.all([migratedDatabase(), createTestVhost()]);
  const user = await createBrokerUser(vhost);
  const { database, accountId } = home;
  const management = new Management(vhost.managementUrl);
  const connection = await BrokerConnection.open({ url: vhost.amqpUrl, name: 'test' });
  await connection.connected();
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  const publisher = new Publisher({ connection });
  await publisher.whenReady();
  const outbox = new Outbox({ database, publisher, gatherMs: 20 });
  const ends = new EventEmitter().setMaxListeners(0);
  const events: OfficeEvent[] = [];
  const listener = new EventListener({ connection, name: 'test', pattern: 'task.*' }, (event) => {
    events.push(event);
    ends.emit('event');
  });
  await listener.whenListening();
  const registry = new TaskRegistry(tasks);
  const workers: Worker[] = [];
  const logged: string[] = [];

  return {
    ...home,
    amqpUrl: vhost.amqpUrl,
    connection,
    publisher,
    /** What somebody does to the virtual host in the management console. */
    broker: {
      deleteQueue: (queue: string) => management.request('DELETE', `/api/queues/${vhost.name}/${queue}`),
      permit: (rights: { configure: string; write: string; read: string }) =>
        management.request('PUT', `/api/permissions/${vhost.name}/${new URL(user.amqpUrl).username}`, rights),
    },
    logged,
    events,

    /** Makes a worker; `start` it. */
    worker(overrides: Record<string, string> = {}): Worker {
      const config = workerConfig.parse({
        DATABASE_URL: home.programUrl,
        AMQP_URL: user.amqpUrl,
        WORKER_GRACE_SECONDS: '5',
        ...overrides,
      });
      const log = createLogger({
        service: 'worker',
        level: 'debug',
        destination: { write: (line) => void logged.push(line) },
      });
      const worker = new Worker(config, registry, log);
      workers.push(worker);
      return worker;
    },

    async startWorker(overrides?: Record<string, string>): Promise<Worker> {
      const worker = this.worker(overrides);
      await worker.start(new AbortController().signal);
      return worker;
    },

    async enqueue(task: TaskDefinition, payload: unknown = {}, options?: EnqueueOptions): Promise<QueuedTask> {
      const row = newTask(task, payload, { accountId, traceContext: null }, options);
      const [queued] = await database.transaction((db) => insertTasks(db, [row]));
      if (!queued) throw new Error('nothing to publish');
      outbox.dispatch([queued]);
      return queued;
    },

    /** Commits a task that nobody publishes in the next hour. */
    async insert(task: TaskDefinition, payload: unknown = {}): Promise<QueuedTask> {
      const row = newTask(task, payload, { accountId, traceContext: null }, { delayMs: 3_600_000 });
      await database.transaction((db) => insertTasks(db, [row]));
      return { ...row, attempt: 1 };
    },

    /** Publishes a task's message once more. */
    deliver: (task: QueuedTask) => publisher.publish(encodeTask(task)),

    /** Resolves with the event that tells of a task's end. */
    async ended({ id }: { id: string }): Promise<OfficeEvent> {
      for (;;) {
        const event = events.find(
          ({ taskId, type }) => taskId === id && ['task.succeeded', 'task.failed', 'task.cancelled'].includes(type),
        );
        if (event) return event;
        await once(ends, 'event');
      }
    },

    /** Resolves once a task has succeeded, however often it is put off before. */
    async succeeded({ id }: { id: string }): Promise<void> {
      while (!events.some(({ taskId, type }) => taskId === id && type === 'task.succeeded')) await once(ends, 'event');
    },

    row: ({ id }: { id: string }) => database.read((db) => db(Task).findById(id).throwIfNotFound()),
    attempts: ({ id }: { id: string }) =>
      database.read((db) => db(TaskAttempt).where({ task_id: id }).orderBy('attempt')),

    /** The effects that tasks have left, as the addresses they wrote. */
    ledger: async () =>
      (await database.read((db) => db(Correspondent).orderBy('address'))).map(({ address }) => address),

    /** The next message that was put aside, with the reason. */
    async aside(): Promise<{ body: string; reason: unknown }> {
      const channel = await connection.createChannel();
      const arrived = new Promise<{ body: string; reason: unknown }>((resolve) => {
        void channel.consume(
          deadQueue,
          (message) => {
            if (message)
              resolve({ body: message.content.toString(), reason: message.properties.headers?.['x-office-reason'] });
          },
          { noAck: true },
        );
      });
      return arrived.finally(() => channel.close());
    },

    async close(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.stop()));
      await outbox.close();
      await listener.close();
      await publisher.close();
      await connection.close();
      await user.drop();
      await vhost.drop();
      await home.drop();
    },
  };
}

export type Office = Awaited<ReturnType<typeof openOffice>>;
