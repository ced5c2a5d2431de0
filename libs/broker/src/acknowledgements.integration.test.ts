import type { Channel, ConsumeMessage } from 'amqplib';
import fc from 'fast-check';
import { Acknowledgements } from './acknowledgements';
import { ownVhost, type OwnVhost } from './testing/vhost';

const queue = 'acknowledged';
const count = 12;

let vhost: OwnVhost;
let looker: Channel;
beforeAll(async () => {
  vhost = await ownVhost();
  looker = await (await vhost.connect('looker')).createChannel();
  await looker.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
});
afterAll(() => vhost.drop());

/** Holds so many messages on a channel of their own; what is not acknowledged when it is closed is in the queue afterwards. */
async function holding(work: (acknowledgements: Acknowledgements, held: ConsumeMessage[]) => void): Promise<string[]> {
  await looker.purgeQueue(queue);
  const connection = await vhost.connect('holder');
  const channel = await connection.createConfirmChannel();
  for (let n = 0; n < count; n++) channel.sendToQueue(queue, Buffer.from(String(n)));
  await channel.waitForConfirms();
  const held: ConsumeMessage[] = [];
  await new Promise<void>((resolve, reject) => {
    const take = (message: ConsumeMessage | null) => {
      if (message) held.push(message);
      if (held.length === count) resolve();
    };
    channel.consume(queue, take).catch(reject);
  });
  // Nothing is sent before it is told to be.
  work(new Acknowledgements(channel, { gatherMs: 3_600_000, most: Infinity }), held);
  await channel.close();
  await connection.close();
  const left: string[] = [];
  for (;;) {
    const message = await looker.get(queue, { noAck: true });
    if (!message) return left.sort((a, b) => Number(a) - Number(b));
    left.push(message.content.toString());
  }
}

test('whatever is acknowledged, in whatever order and together with whatever else, all else comes back', async () => {
  const anyOrder = fc.shuffledSubarray(Array.from({ length: count }, (_, n) => n));
  const flushedAfter = fc.uniqueArray(fc.nat(count));
  await fc.assert(
    fc.asyncProperty(anyOrder, flushedAfter, async (acknowledged, flushes) => {
      const left = await holding((acknowledgements, held) => {
        acknowledged.forEach((n, index) => {
          const message = held[n];
          if (message) acknowledgements.ack(message);
          if (flushes.includes(index)) acknowledgements.flush();
        });
        acknowledgements.flush();
      });
      expect(left.map(Number)).toEqual(
        Array.from({ length: count }, (_, n) => n).filter((n) => !acknowledged.includes(n)),
      );
    }),
    { numRuns: 25 },
  );
});

test('what was handed back is passed over by those acknowledged after it', async () => {
  const left = await holding((acknowledgements, [first, second, third]) => {
    if (!first || !second || !third) throw new Error('nothing is held');
    acknowledgements.ack(third);
    acknowledgements.requeue(second);
    acknowledgements.ack(first);
    acknowledgements.flush();
  });
  expect(left.map(Number)).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('enough of them wait for no others, and fewer not for long', async () => {
  const told: number[] = [];
  const channel = await (await vhost.connect('holder')).createChannel();
  let tell: () => void = () => undefined;
  Object.assign(channel, {
    ack: ({ fields }: ConsumeMessage) => {
      told.push(fields.deliveryTag);
      tell();
    },
  });
  const delivered = (deliveryTag: number) => ({ fields: { deliveryTag } }) as ConsumeMessage;
  const acknowledgements = new Acknowledgements(channel, { gatherMs: 1, most: 2 });
  acknowledgements.ack(delivered(1));
  expect(told).toEqual([]);
  acknowledgements.ack(delivered(2));
  expect(told).toEqual([2]);
  const later = new Promise<void>((resolve) => (tell = resolve));
  acknowledgements.ack(delivered(3));
  await later;
  expect(told).toEqual([2, 3]);
});
