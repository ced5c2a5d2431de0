import { randomUUID } from 'node:crypto';
import { mark, type Servers } from '@sorting-office/stack';
import { Logger, makeWorkerUtils, type WorkerUtils } from 'graphile-worker';
import type { Contender } from '../../contenders/contender';
import { trickle } from '../../contenders/trickle';
import { startProgram } from '../../run/child';
import { makePgPlace } from './place';

/** Jobs that are added with one statement. */
const chunk = 500;

/** What its page about performance sets the size of the local queue to. */
const localQueueSize = 500;

const silent = new Logger(() => () => undefined);

/**
 * graphile-worker, with the rows in the same PostgreSQL as its jobs. A job is deleted after the task has returned, on a connection of
 * graphile-worker's own: the task's transaction cannot hold it.
 *
 * @param batching fetches and deletes jobs in batches, as its page about performance does, rather than one by one
 */
export async function graphileWorker(
  servers: Servers,
  postgresUrl: string,
  { batching }: { batching: boolean },
): Promise<Contender> {
  const place = await makePgPlace(postgresUrl);
  await withUtils(place.url, (utils) => utils.migrate());
  return {
    name: batching ? 'graphile-worker, local queue and batches' : 'graphile-worker',
    atomic: false,
    ledger: place.ledger,
    load: async (tasks) => {
      await load(place.url, tasks);
      await place.analyze();
    },
    trickle: (tasks) => withUtils(place.url, (utils) => trickle(tasks, (n) => utils.addJob('insert_row', payload(n)))),
    start: (concurrency) =>
      Promise.resolve(
        startProgram('graphile-worker', {
          ...mark(servers.home),
          DATABASE_URL: place.url,
          CONCURRENCY: String(concurrency),
          LOCAL_QUEUE: String(batching ? localQueueSize : 0),
        }),
      ),
    remove: () => place.remove(),
  };
}

/** Works with what adds jobs, and closes it. */
async function withUtils<T>(connectionString: string, work: (utils: WorkerUtils) => Promise<T>): Promise<T> {
  const utils = await makeWorkerUtils({ connectionString, logger: silent });
  try {
    return await work(utils);
  } finally {
    await utils.release();
  }
}

const payload = (n: number) => ({ id: randomUUID(), n });

const load = (connectionString: string, tasks: number) =>
  withUtils(connectionString, async (utils) => {
    for (let from = 0; from < tasks; from += chunk)
      await utils.addJobs(
        Array.from({ length: Math.min(chunk, tasks - from) }, (_, index) => ({
          identifier: 'insert_row',
          payload: payload(from + index),
        })),
      );
  });
