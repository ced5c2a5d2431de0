import { declareTopology, deadQueue, missingTopology, queueName, taskQueues } from './topology';
import { ownVhost, type OwnVhost } from './testing/vhost';
import type { BrokerConnection } from './connection';

let vhost: OwnVhost;
let connection: BrokerConnection;
beforeEach(async () => {
  vhost = await ownVhost();
  connection = await vhost.connect('topology test');
});
afterEach(() => vhost.drop());

const open = () => connection.createChannel();
const nothing = () => Promise.resolve();

test('a fresh broker: every queue is said to be missing before it is declared, and none afterwards', async () => {
  const told: string[][] = [];
  await declareTopology(open, async (missing) => {
    told.push(missing);
    expect(await missingTopology(open)).toContain(`queue ${queueName('bulk')}`);
  });
  expect(told).toEqual([[...taskQueues]]);
  expect(await missingTopology(open)).toEqual([]);
  await declareTopology(open, (missing) => Promise.reject(new Error(`missing ${missing.join()}`)));
});

test('a queue that somebody has deleted is the only one missing', async () => {
  await declareTopology(open, nothing);
  await vhost.deleteQueue(queueName('default'));
  const told: string[][] = [];
  await declareTopology(open, (missing) => Promise.resolve(void told.push(missing)));
  expect(told).toEqual([['default']]);
});

test('when what was lost cannot be noted, nothing is declared, and the next call finds the same', async () => {
  await expect(declareTopology(open, () => Promise.reject(new Error('no database')))).rejects.toThrow('no database');
  expect(await missingTopology(open)).toContain(`queue ${queueName('interactive')}`);
});

test('task queues are quorum queues that dead-letter at least once and never drop', async () => {
  await declareTopology(open, nothing);
  for (const queue of taskQueues) {
    expect(await vhost.queue(queueName(queue))).toMatchObject({
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-dead-letter-exchange': 'office.dead',
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      },
    });
  }
  // Looking at letters hands them back each time, which RabbitMQ 4 counts.
  expect(await vhost.queue(deadQueue)).toMatchObject({
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 1_000_000 },
  });
});

test('a queue of dead letters that an earlier release has declared is taken as it is', async () => {
  const channel = await open();
  await channel.assertQueue(deadQueue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  await declareTopology(open, nothing);
  expect(await missingTopology(open)).toEqual([]);
  channel.publish('office.dead', '', Buffer.from('bound'));
  while ((await channel.checkQueue(deadQueue)).messageCount === 0) continue;
});
