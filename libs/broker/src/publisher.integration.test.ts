import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import type { BrokerConnection } from './connection';
import { deadLetter } from './dead-letters';
import { type OutgoingMessage, Publisher } from './publisher';
import { ownVhost, type OwnVhost } from './testing/vhost';
import { declareTopology, deadQueue, queueName, taskExchange } from './topology';

let vhost: OwnVhost;
let connection: BrokerConnection;
let publisher: Publisher;
beforeEach(async () => {
  vhost = await ownVhost();
  connection = await vhost.connect('publisher test');
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  publisher = new Publisher({ connection, maxUnconfirmed: 20 });
});
afterEach(async () => {
  await publisher.close();
  await vhost.drop();
});

const message = (overrides: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  exchange: taskExchange,
  routingKey: 'default',
  content: Buffer.from('{}'),
  options: { messageId: randomUUID(), persistent: true },
  ...overrides,
});

/** Publishes as soon as there is a channel. */
async function publishOnceReady(one: OutgoingMessage): Promise<void> {
  await publisher.whenReady();
  await publisher.publish(one);
}

async function countIn(queue: string): Promise<number> {
  const channel = await connection.createChannel();
  const { messageCount } = await channel.checkQueue(queue);
  await channel.close();
  return messageCount;
}

test('resolves once the message is in its queue', async () => {
  await publishOnceReady(message());
  expect(await countIn(queueName('default'))).toBe(1);
});

test('many more than may be unconfirmed at a time are all confirmed', async () => {
  await publishOnceReady(message());
  await Promise.all(Array.from({ length: 500 }, () => publisher.publish(message())));
  expect(await countIn(queueName('default'))).toBe(501);
});

/** What becomes of many more messages than may be unconfirmed at a time, by their codes. */
async function fatesOfMany(meanwhile: () => unknown): Promise<Record<string, number>> {
  await publishOnceReady(message());
  const publishing = Promise.allSettled(Array.from({ length: 100 }, () => publisher.publish(message())));
  await meanwhile();
  const fates: Record<string, number> = {};
  for (const one of await publishing) {
    const fate = one.status === 'fulfilled' ? 'confirmed' : (one.reason as { code: string }).code;
    fates[fate] = (fates[fate] ?? 0) + 1;
  }
  return fates;
}

test('who waits for room is told when RabbitMQ takes no more, and what was sent before is confirmed', async () => {
  const blocked = jest.spyOn(connection, 'blocked', 'get');
  try {
    const fates = await fatesOfMany(() => blocked.mockReturnValue('memory'));
    expect(fates).toEqual({ confirmed: 20, BROKER_BLOCKED: 80 });
  } finally {
    blocked.mockRestore();
  }
  await publisher.publish(message());
});

test('who waits for room is told when the connection is lost', async () => {
  const close = await vhost.closerOf('publisher test');
  const lost = new Promise<void>((resolve) => connection.onLost(resolve));
  const {
    confirmed = 0,
    MESSAGE_UNCONFIRMED: doubtful = 0,
    BROKER_NOT_CONNECTED: left = 0,
  } = await fatesOfMany(() => Promise.all([close(), lost]));
  expect(confirmed + doubtful + left).toBe(100);
  await publishOnceReady(message());
});

test('a message that no queue takes is said to be unroutable, and the next one is fine', async () => {
  await publishOnceReady(message());
  const [lost, fine] = await Promise.allSettled([
    publisher.publish(message({ routingKey: 'nowhere' })),
    publisher.publish(message()),
  ]);
  expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'MESSAGE_UNROUTABLE' } });
  expect(fine.status).toBe('fulfilled');
});

test('an exchange that is not there costs the channel, and another one is opened', async () => {
  await publishOnceReady(message());
  await expect(publisher.publish(message({ exchange: 'no.such.exchange' }))).rejects.toMatchObject({
    code: 'MESSAGE_UNCONFIRMED',
  });
  await publishOnceReady(message());
});

test('a channel that is silent about a message is given up for another', async () => {
  const confirmMs = 20;
  const hasty = new Publisher({ connection, confirmMs });
  await hasty.whenReady();
  const silent = hasty.publish(message());
  // This process hears nothing until the time is over: timers come before sockets.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * confirmMs);
  await expect(silent).rejects.toMatchObject({ code: 'MESSAGE_UNCONFIRMED' });
  expect(hasty.open).toBe(false);
  await hasty.whenReady();
  await hasty.close();
});

test('a connection closed by the server rejects what is under way, and publishing goes on with the next connection', async () => {
  await publishOnceReady(message());
  const lost = new Promise<void>((resolve) => connection.onLost(resolve));
  await vhost.forceClose('publisher test');
  await lost;
  await expect(publisher.publish(message())).rejects.toMatchObject({ code: 'BROKER_NOT_CONNECTED' });
  await publishOnceReady(message());
});

test('a message put aside keeps its body, properties and headers, with the reason and the queue', async () => {
  await publishOnceReady(
    message({
      content: Buffer.from('not json'),
      options: {
        messageId: 'm-1',
        type: 'odd',
        correlationId: 'c-1',
        contentType: 'text/plain',
        headers: { 'x-own': 'kept' },
      },
    }),
  );
  const channel = await connection.createChannel();
  const odd = await channel.get(queueName('default'));
  if (!odd) throw new Error('nothing there');
  await deadLetter(publisher, odd, queueName('default'), 'it is not JSON');
  channel.ack(odd);
  const aside = await channel.get(deadQueue, { noAck: true });
  if (!aside) throw new Error('nothing there');
  expect(aside.content.toString()).toBe('not json');
  expect(aside.properties).toMatchObject({
    messageId: 'm-1',
    type: 'odd',
    correlationId: 'c-1',
    contentType: 'text/plain',
    headers: { 'x-own': 'kept', 'x-office-reason': 'it is not JSON', 'x-office-queue': queueName('default') },
  });
});

test.each([
  ['too many', { big: 'x'.repeat(65_400) }],
  ['beyond all bounds', { big: { '!': 'double', value: 1e300 } }],
])('a message whose headers are %s is put aside all the same, if need be without them', async (_what, headers) => {
  await publishOnceReady(message({ content: Buffer.from('odd'), options: { messageId: 'm-2', headers } }));
  const channel = await connection.createChannel();
  const taken = async (queue: string) => {
    for (;;) {
      const one = await channel.get(queue, { noAck: true });
      if (one) return one;
    }
  };
  await deadLetter(publisher, await taken(queueName('default')), queueName('default'), 'it is odd');
  const aside = await taken(deadQueue);
  expect(aside.content.toString()).toBe('odd');
  expect(aside.properties.headers).toMatchObject({ 'x-office-reason': 'it is odd' });
});
