import { setTimeout as sleep } from 'node:timers/promises';
import { BrokerConnection, queueName } from '@sorting-office/broker';
import { newTask } from '@sorting-office/tasks';
import { enqueueRows } from '../programs/enqueue-rows';
import type { Child } from '../run/child';
import { commitTasks } from '../run/commit-tasks';
import type { Place } from '../run/place';

export interface Many {
  /** Tasks committed and held by RabbitMQ in a second. */
  perSecond: number;
  /** What one of them takes of a processor in the worker, in milliseconds. */
  cpuMs: number;
}

/** Tasks that one task enqueues. */
const perTask = 500;

/** Messages that the relay may have sent once more, of all: what takes so long to be confirmed is no measurement. */
const mostTwice = 0.01;

/** How often RabbitMQ is asked how many messages it has, in milliseconds. */
const lookMs = 50;

/**
 * Has a worker enqueue so many tasks that nobody takes: each of its own tasks calls `enqueueMany` with 500 payloads. What counts is
 * when their queue holds their messages, which are sent after the commit.
 *
 * @param place where nothing else has been enqueued
 * @param start starts a worker that takes none but `enqueue_rows`
 * @throws Error when tasks and messages are not as many as there should be
 */
export async function measureMany(place: Place, start: () => Promise<Child>, count: number): Promise<Many> {
  const origin = { accountId: place.accountId, traceContext: null };
  const calls = Array.from({ length: Math.ceil(count / perTask) }, (_, index) => index * perTask);
  const connection = await BrokerConnection.open({ url: place.amqpUrl, name: 'bench' });
  await commitTasks(
    place,
    calls.map((from) => newTask(enqueueRows, { from, count: perTask }, origin)),
  );
  await connection.connected();
  const channel = await connection.createChannel();
  const waiting = async () => (await channel.checkQueue(queueName('default'))).messageCount;
  const wanted = calls.length * perTask;
  const worker = await start();
  try {
    const seen: { at: number; count: number; usedMs: number }[] = [];
    for (let there = 0; there < wanted;) {
      await Promise.race([sleep(lookMs), worker.died]);
      there = await waiting();
      seen.push({ at: performance.now(), count: there, usedMs: worker.cpuMs() });
    }
    // What the relay has sent once more has been counted twice.
    while ((await committed(place)) < wanted) await Promise.race([sleep(lookMs), worker.died]);
    const [tasks, messages] = [await committed(place), await waiting()];
    if (tasks > wanted || messages - tasks > wanted * mostTwice)
      throw new Error(`${wanted} tasks were to be enqueued, ${tasks} are, and there are ${messages} messages of them`);
    return rateOf(seen, wanted);
  } finally {
    await worker.stop();
    await connection.close();
  }
}

/** Between the looks at which a fifth, and nineteen twentieths, were there: it warms up first, and fewer are under way at the end. */
function rateOf(seen: readonly { at: number; count: number; usedMs: number }[], wanted: number): Many {
  const from = seen.find(({ count }) => count >= wanted / 5);
  const to = seen.find(({ count }) => count >= wanted * 0.95);
  if (!from || !to) throw new Error('the tasks were not all enqueued');
  const count = to.count - from.count;
  return { perSecond: (count / (to.at - from.at)) * 1000, cpuMs: (to.usedMs - from.usedMs) / count };
}

async function committed({ database }: Place): Promise<number> {
  const [row] = await database.read((db) =>
    db.rows<{ count: number }>(`SELECT COUNT(*) AS count FROM tasks WHERE name = 'insert_row' AND state = 'queued'`),
  );
  return Number(row?.count);
}
