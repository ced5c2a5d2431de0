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

/**
 * Takes an ended task off its batch, and whoever takes off the last one enqueues the continuation.
 *
 * The batch's row is what all members have in common, so this comes last in a transaction: the lock on it is held for the
 * length of a commit. One statement, by primary key, but for the last member.
 *
 * @param joined how many tasks the ending one has added to the batch in this same transaction.
 * @returns what to publish after the commit.
 */
export async function endBatchMember(
  db: UnitOfWork,
  batchId: string,
  end: 'succeeded' | 'failed' | 'cancelled',
  joined = 0,
): Promise<QueuedTask[]> {
  const { affectedRows, insertId: pending } = await db.execute(
    `UPDATE batches SET total = total + ?, failed = failed + ?, cancelled = cancelled + ?, pending = LAST_INSERT_ID(pending + ? - 1)
     WHERE id = ? AND finished_at IS NULL`,
    [joined, end === 'failed' ? 1 : 0, end === 'cancelled' ? 1 : 0, joined, batchId],
  );
  return affectedRows === 1 && pending === 0 ? finishBatch(db, batchId) : [];
}

/**
 * Puts a task that is to run again back into its batch.
 *
 * @returns false when the batch has continued without it: the task then runs on its own.
 */
export async function rejoinBatch(
  db: UnitOfWork,
  batchId: string,
  formerEnd: 'failed' | 'cancelled',
): Promise<boolean> {
  const { affectedRows } = await db.execute(
    `UPDATE batches SET pending = pending + 1, failed = failed - ?, cancelled = cancelled - ? WHERE id = ? AND finished_at IS NULL`,
    [formerEnd === 'failed' ? 1 : 0, formerEnd === 'cancelled' ? 1 : 0, batchId],
  );
  return affectedRows === 1;
}

async function finishBatch(db: UnitOfWork, batchId: string): Promise<QueuedTask[]> {
  await db.execute('UPDATE batches SET finished_at = now(6) WHERE id = ?', [batchId]);
  const [row] = await db.rows<{ continuation: NewTask | null }>('SELECT continuation FROM batches WHERE id = ?', [
    batchId,
  ]);
  return row?.continuation ? insertTasks(db, [row.continuation]) : [];
}
