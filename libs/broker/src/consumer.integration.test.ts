import { EventEmitter, once } from 'node:events';
import type { BrokerConnection } from './connection';
import { Consumer, type Delivery } from './consumer';
import { ownVhost, type OwnVhost } from './testing/vhost';
import { declareTopology, queueName } from './topology';

const queue = queueName('default');

let vhost: OwnVhost;
let connection: BrokerConnection;
let consumer: Consumer;
let deliveries: Delivery[];
let arrivals: EventEmitter;

beforeEach(async () => {
  vhost = await ownVhost();
  connection = await vhost.connect('consumer test');
  deliveries = [];
  arrivals = new EventEmitter();
  consumer = consumerOf(3);
});
afterEach(async () => {
  await consumer.stop();
  await consumer.close();
  await vhost.drop();
});

const consumerOf = (prefetch: number) =>
  new Consumer({
    connection,
    queue,
    tag: `consumer of ${prefetch}`,
    prefetch,
    declare: () =>
      declareTopology(
        () => connection.createChannel(),
        () => Promise.resolve(),
      ),
    onDelivery: (delivery) => {
      deliveries.push(delivery);
      arrivals.emit('delivery');
    },
  });

/** Puts texts into the queue, which must exist, on a connection of their own. */
async function send(...texts: string[]): Promise<void> {
  const channel = await (await vhost.connect('sender')).createConfirmChannel();
  for (const text of texts) channel.sendToQueue(queue, Buffer.from(text));
  await channel.waitForConfirms();
}

/** The delivery of that number, counted from 0, as soon as it has come. */
async function delivery(number: number): Promise<Delivery> {
  for (;;) {
    const found = deliveries[number];
    if (found) return found;
    await once(arrivals, 'delivery');
  }
}

const textOf = ({ message }: Delivery) => message.content.toString();

test('brings messages, at most as many as the prefetch says, and more once they are acknowledged', async () => {
  await consumer.whenSubscribed();
  await send('a', 'b', 'c', 'd');
  expect(textOf(await delivery(2))).toBe('c');
  expect(deliveries).toHaveLength(3);
  deliveries[0]?.ack();
  expect(textOf(await delivery(3))).toBe('d');
});

test('a message handed back comes again, marked as redelivered', async () => {
  await consumer.whenSubscribed();
  await send('a');
  (await delivery(0)).requeue();
  expect(await delivery(1)).toMatchObject({ redelivered: true });
  expect(deliveries[0]).toMatchObject({ redelivered: false });
});

test('subscribes again when its queue is deleted in the console', async () => {
  await consumer.whenSubscribed();
  await vhost.deleteQueue(queue);
  await consumer.whenSubscribed(false);
  await consumer.whenSubscribed();
  await send('after');
  expect(textOf(await delivery(0))).toBe('after');
});

test('subscribes again after its connection was closed by the server; old deliveries can no longer be settled and come anew', async () => {
  await consumer.whenSubscribed();
  await send('a');
  const before = await delivery(0);
  const lost = new Promise<void>((resolve) => connection.onLost(resolve));
  await vhost.forceClose('consumer test');
  await lost;
  before.ack();
  const again = await delivery(1);
  expect([textOf(again), again.redelivered]).toEqual(['a', true]);
  before.requeue();
  again.ack();
  await send('b');
  expect(textOf(await delivery(2))).toBe('b');
});

test('once stopped it takes nothing more, and what it holds can still be acknowledged', async () => {
  await consumer.whenSubscribed();
  await send('held');
  const held = await delivery(0);
  await consumer.stop();
  await send('left');
  held.ack();
  await consumer.close();
  const channel = await (await vhost.connect('looker')).createChannel();
  const left = await channel.get(queue, { noAck: true });
  expect(left && left.content.toString()).toBe('left');
  expect(await channel.get(queue)).toBe(false);
  expect(deliveries).toHaveLength(1);
});

test('what waits to be acknowledged together is told before the channel is closed', async () => {
  await consumer.whenSubscribed();
  await consumer.stop();
  const many = consumerOf(1000);
  await many.whenSubscribed();
  await send('held');
  const held = await delivery(0);
  held.ack();
  await many.stop();
  await many.close();
  const channel = await (await vhost.connect('looker')).createChannel();
  expect(await channel.get(queue)).toBe(false);
});

test('is named in the management console', async () => {
  await consumer.whenSubscribed();
  const channel = await connection.createChannel();
  await expect(channel.checkQueue(queue)).resolves.toMatchObject({ consumerCount: 1 });
});
