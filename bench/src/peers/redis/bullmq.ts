import { randomUUID } from 'node:crypto';
import { mark, type Servers } from '@sorting-office/stack';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { Contender } from '../../contenders/contender';
import { ledgerTable, mysqlLedger } from '../../contenders/ledger';
import { trickle } from '../../contenders/trickle';
import { startProgram } from '../../run/child';
import { makePlace } from '../../run/place';
import { emptyRedis } from './empty';

const queueName = 'bench';

/** Jobs that are added with one command. */
const chunk = 500;

/** BullMQ, with the rows in MySQL: the state of a job is in Redis, and follows the commit. */
export async function bullmq(servers: Servers, redisUrl: string): Promise<Contender> {
  const place = await makePlace(servers);
  await place.statement(ledgerTable);
  return {
    name: 'BullMQ + MySQL',
    atomic: false,
    ledger: mysqlLedger(place.databaseUrl),
    load: (tasks) => load(redisUrl, tasks),
    trickle: (tasks) =>
      withQueue(redisUrl, (queue) =>
        trickle(tasks, (n) => {
          const { name, data } = job(n);
          return queue.add(name, data);
        }),
      ),
    start: (concurrency) =>
      Promise.resolve(
        startProgram('bullmq', {
          ...mark(servers.home),
          DATABASE_URL: place.databaseUrl,
          REDIS_URL: redisUrl,
          QUEUE: queueName,
          CONCURRENCY: String(concurrency),
        }),
      ),
    remove: async () => {
      await place.remove();
      await emptyRedis(redisUrl);
    },
  };
}

/** Works with a queue, and closes it. */
async function withQueue<T>(redisUrl: string, work: (queue: Queue) => Promise<T>): Promise<T> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const defaultJobOptions = { removeOnComplete: { count: 1000 }, removeOnFail: { count: 5000 } };
  const queue = new Queue(queueName, { connection, defaultJobOptions });
  try {
    return await work(queue);
  } finally {
    await queue.close();
    await connection.quit();
  }
}

const job = (n: number) => ({ name: 'insert_row', data: { id: randomUUID(), n } });

const load = (redisUrl: string, tasks: number) =>
  withQueue(redisUrl, async (queue) => {
    for (let from = 0; from < tasks; from += chunk)
      await queue.addBulk(Array.from({ length: Math.min(chunk, tasks - from) }, (_, index) => job(from + index)));
  });
