import { EventEmitter, once } from 'node:events';
import { jest } from '@jest/globals';
import { insertTasks, newId, type NewTask, Task } from '@sorting-office/db';
import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import type { BrokerConnection } from './connection';
import { Consumer } from './consumer';
import { Outbox } from './outbox';
import { Publisher } from './publisher';
import { redispatch } from './redispatch';
import { Relay } from './relay';
import { decodeTask } from './task-message';
import { ownVhost, type OwnVhost } from './testing/vhost';
import { declareTopology, queueName, taskQueues } from './topology';

let vhost: OwnVhost;
let home: MigratedDatabase;
let connection: BrokerConnection;
let publisher: Publisher;
let received: string[];
let arrivals: EventEmitter;
let consumer: Consumer;

beforeEach(async () => {
  [vhost, home] = await Promise.all([ownVhost(), migratedDatabase()]);
  connection = await vhost.connect('outbox test');
  publisher = new Publisher({ connection });
  received = [];
  arrivals = new EventEmitter();
  consumer = new Consumer({
    connection,
    queue: queueName('default'),
    tag: 'receiver',
    prefetch: 100,
    declare: () =>
      declareTopology(
        () => connection.createChannel(),
        () => Promise.resolve(),
      ),
    onDelivery: ({ message, ack }) => {
      received.push(decodeTask(message).id);
      ack();
      arrivals.emit('message');
    },
  });
  await Promise.all([consumer.whenSubscribed(), publisher.whenReady()]);
});
afterEach(async () => {
  await consumer.stop();
  await consumer.close();
  await publisher.close();
  await vhost.drop();
  await home.drop();
});

function task(overrides: Partial<NewTask> = {}): NewTask {
  const id = newId();
  const { accountId } = home;
  return {
    id,
    accountId,
    name: 'test_task',
    queue: 'default',
    payload: {},
    rootId: id,
    batchId: null,
    priority: 0,
    traceContext: null,
    maxAttempts: 3,
    runAt: null,
    uniqueKey: null,
    idempotencyKey: null,
    ...overrides,
  };
}

const insert = (tasks: NewTask[]) => home.database.transaction((db) => insertTasks(db, tasks));
const waitingInOutbox = () => home.database.read((db) => db(Task).whereNotNull('publish_at').resultSize());
const hurry = () =>
  home.database.transaction((db) => db.execute('UPDATE tasks SET publish_at = now(6) WHERE publish_at IS NOT NULL'));
const arrived = async (count: number) => {
  while (received.length < count) await once(arrivals, 'message');
};
const relay = (options: { batchSize?: number } = {}) =>
  new Relay({ database: home.database, publisher, mayRun: () => true, pauseMs: 10, ...options });

test('what was committed is published at once, and taken off the outbox once confirmed', async () => {
  const outbox = new Outbox({ database: home.database, publisher });
  const tasks = Array.from({ length: 50 }, () => task());
  outbox.dispatch(await insert(tasks));
  await arrived(50);
  await outbox.close();
  expect(await waitingInOutbox()).toBe(0);
  expect(new Set(received)).toEqual(new Set(tasks.map(({ id }) => id)));
});

test('of many no more is begun at a time than may be unconfirmed', async () => {
  const narrow = new Publisher({ connection, maxUnconfirmed: 3 });
  await narrow.whenReady();
  const publish = narrow.publish.bind(narrow);
  let [underWay, most] = [0, 0];
  jest.spyOn(narrow, 'publish').mockImplementation(async (message) => {
    most = Math.max(most, ++underWay);
    await publish(message).finally(() => underWay--);
  });
  const outbox = new Outbox({ database: home.database, publisher: narrow });
  for (const tasks of [20, 20]) outbox.dispatch(await insert(Array.from({ length: tasks }, () => task())));
  await arrived(40);
  await outbox.close();
  await narrow.close();
  // Those that have just been confirmed have not been told yet.
  expect(most).toBeLessThanOrEqual(2 * 3);
  expect(await waitingInOutbox()).toBe(0);
});

test('what cannot be published stays in the outbox, for the relay', async () => {
  const left: string[] = [];
  const outbox = new Outbox({ database: home.database, publisher, onLeft: ({ id }) => left.push(id) });
  await vhost.deleteQueue(queueName('bulk'));
  const [one] = await insert([task({ queue: 'bulk' })]);
  if (!one) throw new Error('nothing to publish');
  outbox.dispatch([one]);
  await outbox.close();
  expect(left).toEqual([one.id]);
  expect(await waitingInOutbox()).toBe(1);
});

test('the relay publishes what a process that died had committed, in any number of batches, and nothing that is not due', async () => {
  await insert(Array.from({ length: 25 }, () => task()));
  await hurry();
  await insert([task({ runAt: new Date(Date.now() + 3_600_000) })]);
  const one = relay({ batchSize: 10 });
  expect(await one.publishDue()).toBe(true);
  expect(await one.publishDue()).toBe(true);
  expect(await one.publishDue()).toBe(false);
  await arrived(25);
  expect(new Set(received).size).toBe(25);
  expect(await waitingInOutbox()).toBe(1);
});

test('relays side by side publish each task once', async () => {
  await insert(Array.from({ length: 200 }, () => task()));
  await hurry();
  const relays = Array.from({ length: 3 }, () => relay({ batchSize: 20 }));
  for (const one of relays) one.start();
  await arrived(200);
  await Promise.all(relays.map((one) => one.stop()));
  expect(received).toHaveLength(200);
  expect(new Set(received).size).toBe(200);
});

test('a message that RabbitMQ refuses keeps its task due, and the others are published', async () => {
  await vhost.deleteQueue(queueName('bulk'));
  await insert([task({ queue: 'bulk' }), task()]);
  await hurry();
  expect(await relay().publishDue()).toBe(false);
  await arrived(1);
  expect(await waitingInOutbox()).toBe(1);
});

test('every queued task is published again when RabbitMQ has lost what it held', async () => {
  const outbox = new Outbox({ database: home.database, publisher });
  outbox.dispatch(await insert([task(), task()]));
  await arrived(2);
  await outbox.close();
  expect(await redispatch(home.database, taskQueues)).toBe(2);
  await relay().publishDue();
  await arrived(4);
});
