import { perStatement } from '../statement-size';
import type { UnitOfWork } from '../unit-of-work';
import type { QueuedTask } from './queued-task';

/** A task to insert; its first attempt is 1. */
export interface NewTask extends Omit<QueuedTask, 'attempt'> {
  maxAttempts: number;
  /** When it may run first; null: at once. */
  runAt: Date | null;
  uniqueKey: string | null;
  idempotencyKey: string | null;
}

/**
 * How long after its insertion the relay publishes a task, in seconds, unless whoever inserted it has reported the message
 * confirmed by then. Long enough for a commit and a confirm, short enough for nobody to wait long for a process that died.
 */
export const publishGraceSeconds = 5;

/**
 * Inserts tasks, up to 500 with a statement, and returns those to publish as soon as the unit of work has committed: all but
 * the delayed ones, which the relay publishes when they are due.
 *
 * @throws the server's duplicate-entry error (1062) when a unique or idempotency key is taken; see `isDuplicateKey`.
 */
export async function insertTasks(db: UnitOfWork, tasks: readonly NewTask[]): Promise<QueuedTask[]> {
  for (const rows of perStatement(tasks)) {
    await db.execute(
      `INSERT INTO tasks (id, account_id, name, queue, payload, max_attempts, publish_at, priority, unique_key, idempotency_key,
                          root_id, batch_id, trace_context)
       VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, COALESCE(?, now(6) + INTERVAL ? SECOND), ?, ?, ?, ?, ?, ?)').join(', ')}`,
      rows.flatMap((task) => [
        task.id,
        task.accountId,
        task.name,
        task.queue,
        JSON.stringify(task.payload),
        task.maxAttempts,
        task.runAt,
        publishGraceSeconds,
        task.priority,
        task.uniqueKey,
        task.idempotencyKey,
        task.rootId,
        task.batchId,
        task.traceContext && JSON.stringify(task.traceContext),
      ]),
    );
  }
  return tasks
    .filter(({ runAt }) => runAt === null)
    .map(({ id, name, queue, payload, accountId, rootId, batchId, priority, traceContext }) => ({
      id,
      name,
      queue,
      attempt: 1,
      payload,
      accountId,
      rootId,
      batchId,
      priority,
      traceContext,
    }));
}
