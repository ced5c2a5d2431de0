import autocannon from 'autocannon';
import type { Place } from '../run/place';
import type { ServedApi } from '../run/served';

/** What an API makes of requests that come as fast as it answers. */
export interface Requests {
  /** Tasks that were enqueued in a second, one with each request. */
  perSecond: number;
  p50: number;
  p99: number;
  /** What a request takes of a processor in the API, in milliseconds. */
  cpuMs: number;
}

const warmUpSeconds = 2;

/**
 * Has so many connections enqueue a task each, and the next one once the answer has come, and counts the tasks that are there afterwards.
 *
 * @throws Error when a request was refused, or when there are fewer tasks than answers
 */
export async function enqueueAsFastAsPossible(
  { database }: Place,
  { url, token, child }: ServedApi,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Requests> {
  const fire = (duration: number) =>
    autocannon({
      url: `${url}/api/tasks/insert_row`,
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ n: 1 }),
      connections,
      duration,
    });
  const count = () =>
    database.read(async (db) =>
      Number((await db.rows<{ count: number }>('SELECT COUNT(*) AS count FROM tasks'))[0]?.count),
    );
  await fire(warmUpSeconds);
  const [before, usedMs] = [await count(), child.cpuMs()];
  const result = await fire(seconds);
  const cpuMs = child.cpuMs() - usedMs;
  const enqueued = (await count()) - before;
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} requests were refused and ${result.errors} failed: there is nothing to measure`);
  // Requests under way at the end are cut, and may have been committed.
  if (enqueued < result['2xx'])
    throw new Error(`${result['2xx']} requests were answered as enqueued, and ${enqueued} tasks are there`);
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuMs: cpuMs / enqueued,
  };
}
