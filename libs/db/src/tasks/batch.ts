/**
 * A batch counts its members down, and whoever takes off the last one lets its continuation go on.
 *
 * ```
 *   open ---------the last member ends----------> finished: the continuation is enqueued
 *    |
 *    +--called off--> cancelled: no member can succeed any more
 *                         |
 *                         +--the last member ends--> finished: the continuation is cancelled too
 * ```
 */
import type { UnitOfWork } from '../unit-of-work';
import { insertTasks, type NewTask } from './insert-tasks';
import type { QueuedTask } from './queued-task';

export interface NewBatch {
  id: string;
  accountId: string;
  /** The task that opens it. */
  taskId: string;
  children: readonly NewTask[];
  /** Enqueued in the transaction in which the last child ends, whatever the children's ends were. */
  continuation: NewTask;
}

/** Opens a batch with its children; one without children continues at once. Returns what to publish after the commit. */
export async function openBatch(db: UnitOfWork, batch: NewBatch): Promise<QueuedTask[]> {
  const { children, continuation } = batch;
  await db.execute(
    'INSERT INTO batches (id, account_id, task_id, total, pending, continuation) VALUES (?, ?, ?, ?, ?, ?)',
    [batch.id, batch.accountId, batch.taskId, children.length, children.length, JSON.stringify(continuation)],
  );
  if (children.length === 0) return finishBatch(db, batch.id);
  return insertTasks(db, children);
}

/** A task's batch has been called off: what the task has done must be rolled back, and the task ends as cancelled. */
export class BatchCancelledError extends Error {
  readonly code = 'BATCH_CANCELLED';
  readonly retryable = false;
  constructor(batchId: string) {
    super(`batch ${batchId} was cancelled while this task ran: nothing of it counts`);
    this.name = 'BatchCancelledError';
  }
}

/**
 * Takes an ended task off its batch, and whoever takes off the last one enqueues the continuation.
 *
 * The batch's row is what all members have in common, so this comes last in a transaction: the lock on it is held for the
 * length of a commit. One statement, by primary key, but for the last member and for one whose batch is not open.
 *
 * @param joined how many tasks the ending one has added to the batch in this same transaction.
 * @returns what to publish after the commit.
 * @throws BatchCancelledError when a task of a batch that was called off would succeed.
 */
export async function endBatchMember(
  db: UnitOfWork,
  batchId: string,
  end: 'succeeded' | 'failed' | 'cancelled',
  joined = 0,
): Promise<QueuedTask[]> {
  const { affectedRows, insertId: pending } = await db.execute(
    `UPDATE batches SET total = total + ?, failed = failed + ?, cancelled = cancelled + ?, pending = LAST_INSERT_ID(pending + ? - 1)
     WHERE id = ? AND finished_at IS NULL ${end === 'succeeded' ? 'AND cancelled_at IS NULL' : ''}`,
    [joined, end === 'failed' ? 1 : 0, end === 'cancelled' ? 1 : 0, joined, batchId],
  );
  if (affectedRows === 1) return pending === 0 ? finishBatch(db, batchId) : [];
  if (end === 'succeeded' && (await isCancelled(db, batchId))) throw new BatchCancelledError(batchId);
  return [];
}

/** Takes tasks that were cancelled together off their batch, as {@link endBatchMember} does with one. */
export async function cancelBatchMembers(db: UnitOfWork, batchId: string, count: number): Promise<QueuedTask[]> {
  const { affectedRows, insertId: pending } = await db.execute(
    `UPDATE batches SET cancelled = cancelled + ?, pending = LAST_INSERT_ID(pending - ?) WHERE id = ? AND finished_at IS NULL`,
    [count, count, batchId],
  );
  return affectedRows === 1 && pending === 0 ? finishBatch(db, batchId) : [];
}

/**
 * Puts a task that is to run again back into its batch.
 *
 * @returns false when the batch has continued without it or was called off: the task then runs on its own.
 */
export async function rejoinBatch(
  db: UnitOfWork,
  batchId: string,
  formerEnd: 'failed' | 'cancelled',
): Promise<boolean> {
  const { affectedRows } = await db.execute(
    `UPDATE batches SET pending = pending + 1, failed = failed - ?, cancelled = cancelled - ?
     WHERE id = ? AND finished_at IS NULL AND cancelled_at IS NULL`,
    [formerEnd === 'failed' ? 1 : 0, formerEnd === 'cancelled' ? 1 : 0, batchId],
  );
  return affectedRows === 1;
}

async function isCancelled(db: UnitOfWork, batchId: string): Promise<boolean> {
  const rows = await db.rows('SELECT id FROM batches WHERE id = ? AND cancelled_at IS NOT NULL', [batchId]);
  return rows.length > 0;
}

async function finishBatch(db: UnitOfWork, batchId: string): Promise<QueuedTask[]> {
  await db.execute('UPDATE batches SET finished_at = now(6) WHERE id = ?', [batchId]);
  const [row] = await db.rows<{ continuation: NewTask | null; cancelledAt: Date | null }>(
    'SELECT continuation, cancelled_at AS cancelledAt FROM batches WHERE id = ?',
    [batchId],
  );
  if (!row?.continuation) return [];
  return row.cancelledAt === null ? insertTasks(db, [row.continuation]) : insertCancelled(db, row.continuation);
}

/** Makes the row that whoever follows the batch waits for: it has ended, and can be replayed. */
async function insertCancelled(db: UnitOfWork, continuation: NewTask): Promise<QueuedTask[]> {
  // Without its unique key, which another one may hold: it is not active.
  await insertTasks(db, [{ ...continuation, runAt: null, uniqueKey: null }]);
  await db.execute(
    `UPDATE tasks SET state = 'cancelled', publish_at = NULL, error = ?, finished_at = now(6) WHERE id = ?`,
    [
      JSON.stringify({ code: 'BATCH_CANCELLED', message: 'the batch that it was to go on from was cancelled' }),
      continuation.id,
    ],
  );
  return continuation.batchId === null ? [] : endBatchMember(db, continuation.batchId, 'cancelled');
}
