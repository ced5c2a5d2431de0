import type { TaskQueue } from '../models/task';
import type { UnitOfWork } from '../unit-of-work';
import { placeholders } from './placeholders';
import { type QueuedTask, queuedTaskColumns } from './queued-task';

/**
 * Locks and returns the tasks whose message is due, the longest due first. Rows that another relay or a running task holds are
 * passed over.
 *
 * By the index `tasks_outbox` and no other way: a plan that sorts would lock every due row to return a few.
 */
export function takeDueTasks(db: UnitOfWork, limit: number): Promise<QueuedTask[]> {
  return db.rows<QueuedTask>(
    `SELECT ${queuedTaskColumns} FROM tasks FORCE INDEX (tasks_outbox)
     WHERE publish_at <= now(6) ORDER BY publish_at LIMIT ? FOR UPDATE SKIP LOCKED`,
    [limit],
  );
}

/** Marks the messages of these attempts as held by RabbitMQ; the rows must be locked by {@link takeDueTasks}. */
export async function markTaken(db: UnitOfWork, tasks: readonly { id: string }[]): Promise<void> {
  if (tasks.length === 0) return;
  await db.execute(
    `UPDATE tasks SET publish_at = NULL, published_at = now(6) WHERE id IN (${placeholders(tasks.length)})`,
    tasks.map(({ id }) => id),
  );
}

/**
 * Marks the messages of these attempts as held by RabbitMQ, where the attempt is still the current one. Rows that somebody
 * holds are left to whoever does: a running task clears its own, and the relay's second message would be a harmless duplicate.
 *
 * Two statements, by primary key.
 */
export async function markConfirmed(db: UnitOfWork, tasks: readonly { id: string; attempt: number }[]): Promise<void> {
  const attempts = new Map(tasks.map(({ id, attempt }) => [id, attempt]));
  if (attempts.size === 0) return;
  const rows = await db.rows<{ id: string; attempt: number }>(
    `SELECT id, attempt FROM tasks WHERE id IN (${placeholders(attempts.size)}) AND publish_at IS NOT NULL FOR UPDATE SKIP LOCKED`,
    [...attempts.keys()],
  );
  await markTaken(
    db,
    rows.filter(({ id, attempt }) => attempts.get(id) === attempt),
  );
}

/**
 * Makes queued tasks due that RabbitMQ was believed to hold: for a broker that has lost its data. Duplicates are harmless.
 *
 * By the index `tasks_outbox` and no other way, and so passing over what is due already: by `tasks_state` each part read anew what the
 * parts before it had made due.
 *
 * @returns how many; fewer than the limit means that none is left.
 */
export async function makeDue(db: UnitOfWork, queues: readonly TaskQueue[], limit: number): Promise<number> {
  const { affectedRows } = await db.execute(
    `UPDATE tasks FORCE INDEX (tasks_outbox) SET publish_at = now(6), published_at = NULL
     WHERE publish_at IS NULL AND published_at IS NOT NULL AND state = 'queued' AND queue IN (${placeholders(queues.length)}) LIMIT ?`,
    [...queues, limit],
  );
  return affectedRows;
}
