import { randomUUID } from 'node:crypto';
import { mark, type Servers } from '@sorting-office/stack';
import PgBoss from 'pg-boss';
import type { Contender } from '../../contenders/contender';
import { trickle } from '../../contenders/trickle';
import { startProgram } from '../../run/child';
import { makePgPlace } from './place';

const queueName = 'bench';

/** Jobs that are added, and that a worker fetches, with one statement. */
const chunk = 500;

/**
 * pg-boss, with the rows in the same PostgreSQL as its jobs.
 *
 * @param complete in the transaction that inserts the row, or in batches after the commits
 */
export async function pgBoss(
  servers: Servers,
  postgresUrl: string,
  { complete }: { complete: 'in the transaction' | 'in batches' },
): Promise<Contender> {
  const place = await makePgPlace(postgresUrl);
  await withBoss(place.url, (boss) => boss.createQueue(queueName));
  return {
    name: `pg-boss, completing ${complete}`,
    atomic: complete === 'in the transaction',
    ledger: place.ledger,
    load: async (tasks) => {
      await load(place.url, tasks);
      await place.analyze();
    },
    trickle: (tasks) => withBoss(place.url, (boss) => trickle(tasks, (n) => boss.send(queueName, data(n)))),
    start: (concurrency) =>
      Promise.resolve(
        startProgram('pg-boss', {
          ...mark(servers.home),
          DATABASE_URL: place.url,
          CONCURRENCY: String(concurrency),
          QUEUE: queueName,
          BATCH: String(chunk),
          COMPLETE: complete,
        }),
      ),
    remove: () => place.remove(),
  };
}

/** Works with what adds jobs, and closes it. */
async function withBoss<T>(connectionString: string, work: (boss: PgBoss) => Promise<T>): Promise<T> {
  const boss = new PgBoss(connectionString);
  await boss.start();
  try {
    return await work(boss);
  } finally {
    await boss.stop({ graceful: false });
  }
}

const data = (n: number) => ({ id: randomUUID(), n });

const load = (connectionString: string, tasks: number) =>
  withBoss(connectionString, async (boss) => {
    for (let from = 0; from < tasks; from += chunk)
      await boss.insert(
        Array.from({ length: Math.min(chunk, tasks - from) }, (_, index) => ({
          name: queueName,
          data: data(from + index),
        })),
      );
  });
