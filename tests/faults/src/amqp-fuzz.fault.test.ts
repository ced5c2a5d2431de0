/** Ten thousand messages that nobody should have sent, and a worker that goes through all of them. */
import { createHash } from 'node:crypto';
import { BrokerConnection, deadQueue, queueName, taskQueues } from '@sorting-office/broker';
import fc from 'fast-check';
import { type AnyMessage, anyMessage, publishAny } from './testing/any-message';
import { faults } from './testing/fault-test';
import type { Office } from './testing/office';
import { until } from './testing/until';
import { writes } from './worker/tasks';

const fault = faults();
const messages = Number(process.env['FUZZ_MESSAGES'] ?? 10_000);

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');

fault('random and mutated messages harm nobody, and none of them is lost', {}, async (office, random) => {
  const tasks = await office.enqueue(
    writes,
    Array.from({ length: 50 }, () => ({ holdMs: 0 })),
  );
  const [worker] = await office.startWorkers(1);
  if (!worker) throw new Error('no worker');
  await office.allEnded();
  const { pid } = worker;
  const big = Buffer.alloc(1024 * 1024 + 1, ' ');
  const all: AnyMessage[] = [
    ...fc.sample(anyMessage(tasks), { seed: random.seed | 0, numRuns: messages }),
    { body: big, options: {} },
    { body: Buffer.from(`[${'['.repeat(500_000)}`), options: {} },
    // The latter are as many as can be written, and leave no room for a reason beside them.
    ...[30_000, 65_000].map((length) => ({
      body: Buffer.from(`headers of ${length} bytes`),
      options: { headers: { big: 'x'.repeat(length) } },
    })),
  ];
  await publishAny(office.broker, all);
  await until('every message to be gone through', () => drained(office), { withinMs: 120_000 });

  // The same process, that still works.
  expect(worker.pid).toBe(pid);
  expect(worker.exits).toEqual([]);
  await office.enqueue(writes, [{ holdMs: 0 }]);
  await office.allEnded();

  const left = await lookInto(office);
  const sent = new Set(all.map(({ body }) => digest(body)));
  for (const { body, reason } of left) {
    expect(reason).toMatch(/\w/);
    expect(sent.has(digest(body))).toBe(true);
  }
  const aside = new Map<string, number>();
  for (const { body } of left) aside.set(digest(body), (aside.get(digest(body)) ?? 0) + 1);
  const undecodable = all.filter(({ body }) => !isJson(body));
  for (const { body } of undecodable) expect(aside.get(digest(body))).toBeGreaterThan(0);
  expect(undecodable.length).toBeGreaterThan(messages / 10);
});

const isJson = (body: Buffer) => {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
};

/** Whether every task queue is empty, also of what a worker holds. */
async function drained(office: Office): Promise<boolean> {
  const counts = await office.broker.unsettled();
  return taskQueues.every((queue) => counts[queueName(queue)] === 0);
}

/** Takes everything out of `office.dead`. */
async function lookInto(office: Office): Promise<{ body: Buffer; reason: unknown }[]> {
  const connection = await BrokerConnection.open({ url: office.broker.url, name: 'owner' });
  try {
    await connection.connected(AbortSignal.timeout(20_000));
    const channel = await connection.createChannel();
    const found: { body: Buffer; reason: unknown }[] = [];
    for (;;) {
      const message = await channel.get(deadQueue, { noAck: true });
      if (!message) return found;
      found.push({ body: message.content, reason: message.properties.headers?.['x-office-reason'] });
    }
  } finally {
    await connection.close();
  }
}
