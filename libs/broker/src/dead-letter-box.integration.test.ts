import { randomUUID } from 'node:crypto';
import type { Channel, Options } from 'amqplib';
import { BrokerConnection } from './connection';
import { DeadLetterBox } from './dead-letter-box';
import { deadLetter } from './dead-letters';
import { type OutgoingMessage, Publisher } from './publisher';
import { ownVhost, type OwnVhost } from './testing/vhost';
import { deadQueue, declareTopology, queueName } from './topology';

const queue = queueName('default');

let vhost: OwnVhost;
let connection: BrokerConnection;
let channel: Channel;
let publisher: Publisher;
let box: DeadLetterBox;
beforeEach(async () => {
  vhost = await ownVhost();
  connection = await vhost.connect('dead letter test');
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  channel = await connection.createChannel();
  publisher = new Publisher({ connection });
  await publisher.whenReady();
  box = new DeadLetterBox({ connection, publisher });
});
afterEach(async () => {
  await publisher.close();
  await vhost.drop();
});

/** Puts a message aside as a worker does. */
async function putAside(body: Buffer | string, reason = 'odd', options: Options.Publish = {}, from = queue) {
  await publisher.publish({
    exchange: '',
    routingKey: queue,
    content: Buffer.from(body),
    options: { messageId: randomUUID(), ...options },
  });
  const message = await taken(queue);
  await deadLetter(publisher, message, from, reason);
}
/** The next message of a queue, taken out of it. */
async function taken(from: string) {
  const message = await channel.get(from, { noAck: true });
  if (!message) throw new Error(`nothing in ${from}`);
  return message;
}
const countIn = async (name: string) => (await channel.checkQueue(name)).messageCount;
const bodies = async (limit = 100) => (await box.list(limit)).items.map(({ body }) => body.content);

test('lists what lies there, the longest first, and leaves it as it was, however often', async () => {
  for (const body of ['a', 'b', 'c']) await putAside(body, `reason ${body}`, { type: 't', headers: { own: 1 } });
  const first = await box.list(2);
  expect(first.total).toBe(3);
  expect(first.items).toMatchObject([
    { reason: 'reason a', queue, body: { encoding: 'text', content: 'a', size: 1 } },
    { reason: 'reason b', properties: { type: 't' } },
  ]);
  expect(first.items[0]?.headers).toEqual({ own: 1 });
  expect(first.items[0]?.at).toMatch(/^\d{4}-.*Z$/);
  expect(first.items[0]?.id).not.toBe(first.items[1]?.id);
  for (let n = 0; n < 30; n++) await box.list(100);
  expect(await bodies()).toEqual(['a', 'b', 'c']);
  expect(await box.list(2)).toEqual(first);
  expect(await bodies()).toEqual(['a', 'b', 'c']);
});

test('a queue that throws away what is delivered often loses no letter by being looked at', async () => {
  await vhost.deleteQueue(deadQueue);
  const fewer = { 'x-queue-type': 'quorum', 'x-delivery-limit': 20 };
  await channel.assertQueue(deadQueue, { durable: true, arguments: fewer });
  await channel.bindQueue(deadQueue, 'office.dead', '');
  for (const body of ['a', 'b', 'c']) await putAside(body);
  const before = await box.list(10);
  for (let n = 0; n < 50; n++) await box.list(1);
  expect(await box.list(10)).toEqual(before);
});

test('shows one by its id, and looks that are asked for at once do not hide letters from one another', async () => {
  for (const body of ['a', 'b', 'c']) await putAside(body);
  const { items } = await box.list(10);
  const found = await Promise.all(items.map(({ id }) => box.find(id)));
  expect(found.map((letter) => letter?.body.content)).toEqual(['a', 'b', 'c']);
  expect(await box.find(randomUUID())).toBeNull();
});

test('a body that is no text is shown as base64, and a long one up to 64 KiB, with its size', async () => {
  const bytes = Buffer.from([0xff, 0, 1]);
  const long = 'x' + 'Ї'.repeat(50_000);
  await putAside(bytes);
  await putAside(long);
  const [binary, text] = (await box.list(10)).items;
  expect(binary?.body).toEqual({ encoding: 'base64', content: bytes.toString('base64'), size: 3 });
  expect(text?.body).toMatchObject({ encoding: 'text', size: 100_001 });
  expect(text?.body.content).toBe(long.slice(0, 1 + (64 * 1024 - 2) / 2));
});

test('what RabbitMQ itself has put aside has an id that stays, a reason, and a queue to go back to', async () => {
  for (const messageId of ['m-1', undefined])
    channel.sendToQueue(queue, Buffer.from('refused'), { headers: { own: 1 }, ...(messageId && { messageId }) });
  for (let n = 0; n < 2;) {
    const message = await channel.get(queue);
    if (!message) continue;
    channel.reject(message, false);
    n++;
  }
  while ((await countIn(deadQueue)) < 2) continue;
  const { items } = await box.list(10);
  expect(items).toMatchObject(Array(2).fill({ queue, reason: 'RabbitMQ put it aside itself: rejected' }));
  expect(items[0]?.at).toMatch(/Z$/);
  expect((await box.list(10)).items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  expect(new Set(items.map(({ id }) => id)).size).toBe(2);
  expect(await box.requeue({}, 10)).toMatchObject({ done: 2 });
  expect((await taken(queue)).properties).toMatchObject({ messageId: 'm-1', headers: { own: 1 } });
});

test('a requeued letter is in its queue as it was before, and no longer here', async () => {
  const properties = { type: 'odd', correlationId: 'c-1', contentType: 'text/plain', priority: 3, messageId: 'm-1' };
  for (const body of ['a', 'b', 'c']) await putAside(body, 'odd', { ...properties, headers: { 'x-attempt': 2 } });
  const [, letter] = (await box.list(10)).items;
  expect(await box.requeue({ id: letter?.id }, 1)).toEqual({ done: 1, kept: [], more: false });
  expect(await bodies()).toEqual(['a', 'c']);
  const back = await taken(queue);
  expect(back.content.toString()).toBe('b');
  expect(back.properties).toMatchObject({ ...properties, deliveryMode: 2 });
  // RabbitMQ 3.10 counts from the first delivery on, 4 from the second.
  expect({ 'x-delivery-count': 0, ...back.properties.headers }).toEqual({ 'x-attempt': 2, 'x-delivery-count': 0 });
  expect(await box.requeue({ id: letter?.id }, 1)).toEqual({ done: 0, kept: [], more: false });
});

test('all that a filter fits are dropped or requeued, in parts that say whether there are more', async () => {
  for (const [body, reason] of [
    ['a', 'no task named x'],
    ['b', 'not JSON'],
    ['c', 'no task named x'],
    ['d', 'no task named x'],
  ] as const)
    await putAside(body, reason);
  const filter = { reasonContains: 'named x', queue };
  expect(await box.requeue(filter, 2)).toEqual({ done: 2, kept: [], more: true });
  expect(await bodies()).toEqual(['b', 'd']);
  expect(await box.drop({ queue: 'another' }, 5)).toMatchObject({ done: 0 });
  expect(await box.drop({ before: new Date(0) }, 5)).toMatchObject({ done: 0 });
  expect(await box.drop(filter, 1)).toEqual({ done: 1, kept: [], more: false });
  expect(await bodies()).toEqual(['b']);
  expect([(await taken(queue)).content.toString(), (await taken(queue)).content.toString()]).toEqual(['a', 'c']);
});

test('a letter that has nowhere to go stays, and the others go', async () => {
  await putAside('a', 'odd', {}, 'no.such.queue');
  await putAside('b');
  channel.publish('office.dead', '', Buffer.from('by hand'));
  while ((await countIn(deadQueue)) < 3) continue;
  const { done, kept } = await box.requeue({}, 10);
  expect(done).toBe(1);
  expect(kept.map(({ why }) => why)).toEqual([
    'there is no queue no.such.queue any more',
    'it does not say which queue it came from',
  ]);
  expect(await bodies()).toEqual(['a', 'by hand']);
});

test('who dies after sending a letter back, and before taking it away, leaves it in both places and loses nothing', async () => {
  await putAside('a');
  const dying = {
    publish: async (message: OutgoingMessage) => {
      await publisher.publish(message);
      throw new Error('died');
    },
  } as unknown as Publisher;
  await expect(new DeadLetterBox({ connection, publisher: dying }).requeue({}, 10)).rejects.toMatchObject({
    code: 'BROKER_NOT_CONNECTED',
  });
  expect(await bodies()).toEqual(['a']);
  expect((await taken(queue)).content.toString()).toBe('a');
  expect(await box.requeue({}, 10)).toMatchObject({ done: 1 });
  expect((await taken(queue)).content.toString()).toBe('a');
});

test('without RabbitMQ, or one that does not answer in time, it says so and looks again the next time', async () => {
  const away = await BrokerConnection.open({ url: 'amqp://127.0.0.1:1', name: 'away' });
  try {
    await expect(new DeadLetterBox({ connection: away, publisher }).list(1)).rejects.toMatchObject({
      code: 'BROKER_NOT_CONNECTED',
    });
  } finally {
    await away.close();
  }
  let silent = true;
  const mute = {
    createChannel: () => (silent ? new Promise<Channel>(() => undefined) : connection.createChannel()),
  } as unknown as BrokerConnection;
  const patient = new DeadLetterBox({ connection: mute, publisher, timeLimitMs: 2000 });
  await expect(patient.list(1)).rejects.toMatchObject({ code: 'BROKER_SILENT' });
  silent = false;
  expect(await patient.list(1)).toMatchObject({ total: 0 });
});
