/** For tests of what is pruned: tasks and batches that ended so many days ago. */
import { idBound, newId } from '../../ids';
import { Task } from '../../models';
import type { TaskState } from '../../models/task';
import {
  completeTask,
  endBatchMember,
  failTask,
  insertTasks,
  type KeepTime,
  type NewTask,
  openBatch,
  pruneBatches,
  pruneTasks,
} from '../index';
import { failed, type TaskTables } from './task-tables';

export const day = 24 * 60 * 60;
export const keep: KeepTime = { seconds: 30 * day, failedSeconds: 90 * day };
export const everything = { after: '', limit: 500 };

/** An id that was made so many days ago. */
export const idFrom = (daysAgo: number) => idBound(new Date(Date.now() - daysAgo * day * 1000)) + newId().slice(13);

export function oldTasks({ database, commit, task, accountId }: TaskTables) {
  const endedAgo = (daysAgo: number, where: string, id: string, state?: TaskState) =>
    commit((db) =>
      db.execute(
        `UPDATE tasks SET state = COALESCE(?, state), publish_at = NULL, finished_at = now(6) - INTERVAL ? SECOND WHERE ${where} = ?`,
        [state ?? null, daysAgo * day, id],
      ),
    );

  /** A task that has ended so many days ago, a day after it was made. Returns its id. */
  async function ended(daysAgo: number, state: TaskState = 'succeeded', overrides: Partial<NewTask> = {}) {
    const row = task({ id: idFrom(daysAgo + 1), ...overrides });
    await commit((db) => insertTasks(db, [row]));
    await endedAgo(daysAgo, 'id', row.id, state);
    return row.id;
  }

  /** A batch that has finished so many days ago, with what has opened it, its members and what goes on from it. */
  async function finishedBatch(
    daysAgo: number,
    ends: ('succeeded' | 'failed')[] = ['succeeded', 'succeeded'],
    goesOn: TaskState = 'succeeded',
  ) {
    const opener = await ended(daysAgo + 1);
    const batchId = idFrom(daysAgo + 2);
    const children = ends.map(() => task({ id: idFrom(daysAgo + 2), batchId, rootId: opener }));
    const continuation = task({ id: idFrom(daysAgo + 2), name: 'continuation', rootId: opener });
    await commit((db) => openBatch(db, { id: batchId, accountId, taskId: opener, children, continuation }));
    for (const [n, { id }] of children.entries()) {
      await commit(async (db) => {
        if (ends[n] === 'failed') return failTask(db, failed(id, 1, batchId));
        await completeTask(db, { id, attempt: 1 });
        return endBatchMember(db, batchId, 'succeeded');
      });
    }
    await commit((db) =>
      db.execute('UPDATE batches SET finished_at = now(6) - INTERVAL ? SECOND WHERE id = ?', [daysAgo * day, batchId]),
    );
    await endedAgo(daysAgo, 'batch_id', batchId);
    if (goesOn !== 'queued') await endedAgo(daysAgo, 'id', continuation.id, goesOn);
    const members = children.map(({ id }) => id);
    return { batchId, opener, members, continuation: continuation.id, ids: [opener, ...members, continuation.id] };
  }

  return {
    ended,
    finishedBatch,
    /** One round over everything. */
    prune: async (terms = keep) => {
      const { pruned: batches } = await commit((db) => pruneBatches(db, terms, everything));
      const { pruned: tasks } = await commit((db) => pruneTasks(db, terms, everything));
      return { batches, tasks };
    },
    /** The tasks that are there, in order. */
    ids: async () => (await database.read((db) => db(Task).select('id').orderBy('id'))).map(({ id }) => id),
  };
}
