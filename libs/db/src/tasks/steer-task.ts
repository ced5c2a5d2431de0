import type { TaskError } from '../models/task';
import { deleteRecording } from '../searches/recordings';
import type { UnitOfWork } from '../unit-of-work';
import { endBatchMember, rejoinBatch } from './batch';
import { publishGraceSeconds } from './insert-tasks';
import { type QueuedTask, queuedTaskColumns } from './queued-task';

export type CancelOutcome =
  /** It waited, and is cancelled. */
  | { outcome: 'cancelled'; publish: QueuedTask[] }
  /** A worker is running it: only that worker can stop it. */
  | { outcome: 'running' }
  /** It had ended before, and may have been pruned since. */
  | { outcome: 'ended' };

/** Cancels a task that waits. The caller has made sure whose it is. */
export async function cancelTask(db: UnitOfWork, id: string): Promise<CancelOutcome> {
  const [row] = await db.rows<{ state: string; batchId: string | null }>(
    'SELECT state, batch_id AS batchId FROM tasks WHERE id = ? FOR UPDATE SKIP LOCKED',
    [id],
  );
  if (!row) return { outcome: (await isThere(db, id)) ? 'running' : 'ended' };
  if (row.state !== 'queued') return { outcome: 'ended' };
  return { outcome: 'cancelled', publish: await endCancelled(db, { id, batchId: row.batchId }) };
}

const isThere = async (db: UnitOfWork, id: string): Promise<boolean> =>
  (await db.rows('SELECT id FROM tasks WHERE id = ?', [id])).length > 0;

/**
 * Ends a running attempt as cancelled, once its own transaction has been rolled back.
 *
 * @param why shown as the task's error, when it was not its owner who cancelled it.
 * @returns what to publish after the commit, or null when the attempt is no longer the current one.
 */
export async function cancelAttempt(
  db: UnitOfWork,
  task: Pick<QueuedTask, 'id' | 'attempt' | 'batchId'>,
  why: TaskError | null = null,
): Promise<QueuedTask[] | null> {
  const [row] = await db.rows("SELECT id FROM tasks WHERE id = ? AND attempt = ? AND state = 'queued' FOR UPDATE", [
    task.id,
    task.attempt,
  ]);
  return row ? endCancelled(db, task, why) : null;
}

async function endCancelled(
  db: UnitOfWork,
  task: { id: string; batchId: string | null },
  why: TaskError | null = null,
): Promise<QueuedTask[]> {
  await db.execute(
    `UPDATE tasks SET state = 'cancelled', publish_at = NULL, published_at = NULL, unique_key = NULL, error = COALESCE(?, error), finished_at = now(6)
     WHERE id = ?`,
    [why && JSON.stringify(why), task.id],
  );
  await deleteRecording(db, task.id);
  return task.batchId === null ? [] : endBatchMember(db, task.batchId, 'cancelled');
}

/**
 * Queues a failed or cancelled task once more, as a new attempt with as many tries as a new task has.
 *
 * @param attempts tries that the task's retry policy allows.
 * @returns the task to publish after the commit, or null when it has not failed.
 * @throws the server's duplicate-entry error (1062) when an active task holds the unique key; nothing is changed then, and the
 *   unit of work can go on. See `isDuplicateKey`.
 */
export async function replayTask(
  db: UnitOfWork,
  id: string,
  attempts: number,
  uniqueKey: string | null,
): Promise<QueuedTask | null> {
  const [row] = await db.rows<{ state: 'failed' | 'cancelled'; batchId: string | null }>(
    `SELECT state, batch_id AS batchId FROM tasks WHERE id = ? AND state IN ('failed', 'cancelled') FOR UPDATE`,
    [id],
  );
  if (!row) return null;
  await db.execute(
    // MySQL assigns from left to right: max_attempts counts from the attempt before this one.
    `UPDATE tasks SET state = 'queued', max_attempts = attempt + ?, attempt = attempt + 1, crash_count = 0,
            publish_at = now(6) + INTERVAL ? SECOND, published_at = NULL, unique_key = ?, error = NULL, finished_at = NULL
     WHERE id = ?`,
    [attempts, publishGraceSeconds, uniqueKey, id],
  );
  // After the statement that may find the unique key taken: a batch must not wait for a task that is not queued.
  if (row.batchId !== null && !(await rejoinBatch(db, row.batchId, row.state)))
    await db.execute('UPDATE tasks SET batch_id = NULL WHERE id = ?', [id]);
  const [task] = await db.rows<QueuedTask>(`SELECT ${queuedTaskColumns} FROM tasks WHERE id = ?`, [id]);
  return task ?? null;
}
