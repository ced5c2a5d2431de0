// The statements of tasks and of their outbox: libs/db/src/tasks, libs/db/src/rate-limits.
import {
  cancelAttempt,
  cancelTask,
  completeTask,
  countCrash,
  failTask,
  findStanding,
  makeDue,
  makeLostDue,
  markConfirmed,
  markTaken,
  measureBacklog,
  postponeTask,
  pruneBatches,
  pruneTasks,
  renewHeld,
  replayTask,
  replayTasks,
  reserveSlot,
  retryTask,
  storeResult,
  takeDueTasks,
  taskQueue,
  uncountCrash,
} from '@sorting-office/db';
import { idOf } from '../large/ids';
import type { Office } from './office';
import { subsets } from './subsets';

const reason = { code: 'ON_PURPOSE', message: 'on purpose' };
const worker = 'host/1';

export async function outboxStatements({ database, commit, insert, prepare }: Office): Promise<void> {
  await database.read(measureBacklog);
  await commit(async (db) => markTaken(db, await takeDueTasks(db, 50)));
  const tasks = await Promise.all(Array.from({ length: 50 }, () => insert()));
  await commit((db) => markConfirmed(db, tasks));
  const ids = tasks.map(({ id }) => id);
  await commit((db) => renewHeld(db, ids));
  const longAgo = (some: readonly string[]) =>
    prepare(
      `UPDATE tasks SET published_at = now(6) - INTERVAL 1 HOUR, priority = 9 WHERE id IN (${some.map(() => '?').join(', ')})`,
      some,
    );
  await longAgo(ids.slice(0, 5));
  for (const queue of taskQueue.options)
    for (const overtaking of [true, false])
      for (const outBefore of [new Date(), null])
        await commit((db) => makeLostDue(db, { queue, overtaking, outBefore, silenceSeconds: 30 }, 10));
  // As after a loss of all that RabbitMQ had, of one queue and of all.
  for (const queues of [['bulk'] as const, taskQueue.options]) await commit((db) => makeDue(db, queues, 5000));
}

export async function attemptStatements({ database, commit, insert }: Office): Promise<void> {
  const identity = ({ name, accountId, rootId, batchId }: Awaited<ReturnType<Office['insert']>>) =>
    ({ name, accountId, rootId, batchId }) as const;
  const claimed = await insert();
  await commit((db) => completeTask(db, { id: claimed.id, attempt: 1 }));
  const other = await insert();
  await commit((db) => completeTask(db, { id: other.id, attempt: 1, ...identity(other) }));
  await commit((db) => storeResult(db, other.id, { done: 1 }));

  const tried = await insert();
  await database.read((db) => findStanding(db, tried.id));
  await commit((db) => retryTask(db, { task: tried, error: reason, worker }, 1000));
  await commit((db) => postponeTask(db, { id: tried.id, attempt: 2 }, 1000, reason));
  await commit((db) => countCrash(db, { id: tried.id, attempt: 3 }));
  await commit((db) => uncountCrash(db, tried));
  await commit((db) => failTask(db, { task: { ...tried, attempt: 3 }, error: reason, worker }));

  const stopped = await insert();
  await commit((db) => cancelAttempt(db, stopped, reason));
  const waiting = await insert();
  await commit((db) => cancelTask(db, waiting.id));
  const held = await insert();
  await commit(async (db) => {
    await completeTask(db, { id: held.id, attempt: 1 });
    await commit((other) => cancelTask(other, held.id));
  });
  await commit((db) => replayTask(db, waiting.id, 3, null));

  const [begins, putOff] = [await insert(), await insert()];
  const askedFor = (task: { id: string; name: string; attempt: number }, intervalMicroseconds: number) =>
    commit((db) => reserveSlot(db, { task, intervalMicroseconds, reason }));
  await askedFor(begins, 1);
  await askedFor(putOff, 60e6);
  await askedFor({ ...putOff, attempt: 2 }, 60e6);
}

/** Tasks that were cancelled or have failed, by whatever a filter can ask for. */
export async function replayStatements({ commit, accountId }: Office): Promise<void> {
  const filters = subsets({
    name: 'sort_batch',
    errorCode: 'ON_PURPOSE',
    since: new Date(Date.now() - 365 * 24 * 3_600_000),
    until: new Date(),
  });
  for (const state of ['failed', 'cancelled'] as const)
    for (const filter of filters)
      for (const after of ['', idOf('task', 500)])
        await commit((db) =>
          replayTasks(db, { accountId, state, ...filter }, { after, limit: 2 }, () => ({
            attempts: 3,
            uniqueKey: null,
          })),
        );
}

/** Tasks and batches that have ended long ago; after everything that still looks at them. */
export async function pruningStatements({ commit }: Office): Promise<void> {
  const keep = { seconds: 1, failedSeconds: 1 };
  for (const after of ['', idOf('batch', 50)]) await commit((db) => pruneBatches(db, keep, { after, limit: 100 }));
  for (const after of ['', idOf('task', 5000)]) await commit((db) => pruneTasks(db, keep, { after, limit: 100 }));
}
