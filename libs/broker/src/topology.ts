/**
 * Every exchange and queue there is, and nowhere else.
 *
 * ```
 *   office.tasks (direct) --interactive--> office.tasks.interactive --+
 *                         --default------> office.tasks.default     --+--(refused, or delivered a million times)
 *                         --bulk---------> office.tasks.bulk        --+            |
 *                                                                                  v
 *   what a worker cannot understand -------------------------------> office.dead (fanout) --> office.dead
 *
 *   office.events (topic) --task.#--> a queue of its own for each API and worker process, gone with it
 * ```
 */
import { type TaskQueue, taskQueue } from '@sorting-office/db';
import type { Channel } from 'amqplib';
import { closeChannel } from './close-channel';

export const taskExchange = 'office.tasks';
export const deadExchange = 'office.dead';
export const deadQueue = 'office.dead';
export const eventExchange = 'office.events';

/** Every class of task queue. */
export const taskQueues: readonly TaskQueue[] = taskQueue.options;

/** The queue of a class, as the management console shows it. */
export const queueName = (queue: TaskQueue): string => `office.tasks.${queue}`;

const taskQueueArguments = {
  'x-queue-type': 'quorum',
  'x-dead-letter-exchange': deadExchange,
  'x-dead-letter-strategy': 'at-least-once',
  // What at-least-once dead-lettering demands: a full queue refuses, and the refused publish stays in the outbox.
  'x-overflow': 'reject-publish',
  // RabbitMQ 4 drops or dead-letters what was delivered 20 times unless told otherwise, and 3.10 knows no "unlimited". Crashes
  // are counted in the task's row instead, where an outage of the broker does not count.
  'x-delivery-limit': 1_000_000,
} as const;

/** What is looked at is handed back each time, so that here too the limit of RabbitMQ 4 would throw away what is looked at often. */
const deadQueueArguments = {
  'x-queue-type': 'quorum',
  'x-delivery-limit': taskQueueArguments['x-delivery-limit'],
} as const;

/** Opens a channel of its own for one question, as a question with a bad answer closes the channel it was asked on. */
export type OpenChannel = () => Promise<Channel>;

/**
 * Declares everything, and says first which task queues do not exist.
 *
 * @param onMissing told of the queues that must be declared anew, before they are: RabbitMQ is fresh or has lost them, and what
 *   they held has to be published again. When it throws, nothing is declared and the next call finds the same.
 */
export async function declareTopology(
  open: OpenChannel,
  onMissing: (queues: TaskQueue[]) => Promise<void>,
): Promise<void> {
  const missing: TaskQueue[] = [];
  for (const queue of taskQueues) if (!(await queueExists(open, queueName(queue)))) missing.push(queue);
  if (missing.length > 0) await onMissing(missing);

  await declareDeadLetters(open);
  const channel = await open();
  try {
    await declareEvents(channel);
    await channel.assertExchange(taskExchange, 'direct', { durable: true });
    for (const queue of taskQueues) {
      await channel.assertQueue(queueName(queue), { durable: true, arguments: taskQueueArguments });
      await channel.bindQueue(queueName(queue), taskExchange, queue);
    }
  } finally {
    await closeChannel(channel);
  }
}

/**
 * Declares where dead letters go. A queue that is there stays as it is: earlier releases declared it without a delivery limit.
 *
 * @returns whether the queue has our limit, so that handing letters back costs none of them.
 */
export async function declareDeadLetters(open: OpenChannel): Promise<boolean> {
  const options = { durable: true, arguments: deadQueueArguments };
  const limited = await answers(open, (channel) => channel.assertQueue(deadQueue, options), preconditionFailed);
  const channel = await open();
  try {
    await channel.assertExchange(deadExchange, 'fanout', { durable: true });
    await channel.bindQueue(deadQueue, deadExchange, '');
  } finally {
    await closeChannel(channel);
  }
  return limited;
}

/** Declares the exchange of events alone, for who neither sends nor takes tasks. */
export async function declareEvents(channel: Channel): Promise<void> {
  await channel.assertExchange(eventExchange, 'topic', { durable: true });
}

/** Which of the exchanges and queues do not exist; empty when the topology is whole. Declares nothing. */
export async function missingTopology(open: OpenChannel): Promise<string[]> {
  const missing: string[] = [];
  for (const queue of [...taskQueues.map(queueName), deadQueue]) {
    if (!(await queueExists(open, queue))) missing.push(`queue ${queue}`);
  }
  for (const exchange of [taskExchange, deadExchange, eventExchange]) {
    if (!(await answers(open, (channel) => channel.checkExchange(exchange)))) missing.push(`exchange ${exchange}`);
  }
  return missing;
}

const queueExists = (open: OpenChannel, queue: string) => answers(open, (channel) => channel.checkQueue(queue));

const notFound = 404;
const preconditionFailed = 406;

/** @param no the code of the error that means no. */
async function answers(
  open: OpenChannel,
  question: (channel: Channel) => Promise<unknown>,
  no = notFound,
): Promise<boolean> {
  const channel = await open();
  try {
    await question(channel);
    return true;
  } catch (error) {
    if (error instanceof Error && (error as { code?: unknown }).code === no) return false;
    throw error;
  } finally {
    await closeChannel(channel);
  }
}
