import type { TaskError, TraceContext } from '../models/task';
import { deleteRecording } from '../searches/recordings';
import type { UnitOfWork } from '../unit-of-work';
import { endBatchMember } from './batch';
import type { QueuedTask } from './queued-task';

interface FailedAttempt {
  task: Pick<QueuedTask, 'id' | 'attempt' | 'batchId'>;
  error: TaskError;
  /** What another attempt is traced to; absent: what this one was. */
  traceContext?: TraceContext | null;
  /** Who tried, as `host/pid`. */
  worker: string;
}

/**
 * Ends a failed attempt with another one to come: the task stays queued, due after a delay.
 *
 * @param delayMs milliseconds until the next attempt is published.
 * @returns false when the attempt is no longer the task's current one, and nothing was written.
 */
export async function retryTask(db: UnitOfWork, failed: FailedAttempt, delayMs: number): Promise<boolean> {
  const { affectedRows } = await db.execute(
    `UPDATE tasks SET attempt = attempt + 1, publish_at = now(6) + INTERVAL ? MICROSECOND, published_at = NULL, error = ?,
       trace_context = COALESCE(?, trace_context)
     WHERE id = ? AND attempt = ? AND state = 'queued'`,
    [
      Math.round(delayMs * 1000),
      JSON.stringify(failed.error),
      asJson(failed.traceContext),
      failed.task.id,
      failed.task.attempt,
    ],
  );
  if (affectedRows === 0) return false;
  await recordAttempt(db, failed);
  return true;
}

/**
 * Ends an attempt that is to be repeated though nothing went wrong: the task stays queued, due after a delay, with as many tries
 * left as before.
 *
 * @param delayMs milliseconds until the next attempt is published.
 * @param reason what it waits for, as the task shows it meanwhile.
 * @param traceContext what the next attempt is traced to; absent: what this one was.
 * @returns false when the attempt is no longer the task's current one, and nothing was written.
 */
export async function postponeTask(
  db: UnitOfWork,
  task: { id: string; attempt: number },
  delayMs: number,
  reason: TaskError,
  traceContext?: TraceContext | null,
): Promise<boolean> {
  const { affectedRows } = await db.execute(
    `UPDATE tasks SET attempt = attempt + 1, max_attempts = max_attempts + 1, publish_at = now(6) + INTERVAL ? MICROSECOND, published_at = NULL, error = ?,
       trace_context = COALESCE(?, trace_context)
     WHERE id = ? AND attempt = ? AND state = 'queued'`,
    [Math.round(delayMs * 1000), JSON.stringify(reason), asJson(traceContext), task.id, task.attempt],
  );
  return affectedRows === 1;
}

/**
 * Ends a task as failed, and its place in a batch with it.
 *
 * @returns what to publish after the commit (the batch's continuation, when this was its last member), or null when the
 *   attempt is no longer the task's current one, and nothing was written.
 */
export async function failTask(db: UnitOfWork, failed: FailedAttempt): Promise<QueuedTask[] | null> {
  const { affectedRows } = await db.execute(
    `UPDATE tasks SET state = 'failed', publish_at = NULL, published_at = NULL, unique_key = NULL, error = ?, finished_at = now(6),
       trace_context = COALESCE(?, trace_context)
     WHERE id = ? AND attempt = ? AND state = 'queued'`,
    [JSON.stringify(failed.error), asJson(failed.traceContext), failed.task.id, failed.task.attempt],
  );
  if (affectedRows === 0) return null;
  await recordAttempt(db, failed);
  await deleteRecording(db, failed.task.id);
  return failed.task.batchId === null ? [] : endBatchMember(db, failed.task.batchId, 'failed');
}

/** Counts that a worker has died while running the task, and returns how often by now. Null: the attempt is over. */
export async function countCrash(db: UnitOfWork, task: { id: string; attempt: number }): Promise<number | null> {
  const { affectedRows, insertId } = await db.execute(
    // LAST_INSERT_ID(x) brings the new value back with the answer, so that counting needs no second statement.
    `UPDATE tasks SET crash_count = LAST_INSERT_ID(crash_count + 1) WHERE id = ? AND attempt = ? AND state = 'queued'`,
    [task.id, task.attempt],
  );
  return affectedRows === 0 ? null : insertId;
}

/** Takes one count back, whatever has become of the attempt meanwhile. One statement, by primary key. */
export async function uncountCrash(db: UnitOfWork, { id }: { id: string }): Promise<void> {
  await db.execute('UPDATE tasks SET crash_count = crash_count - 1 WHERE id = ? AND crash_count > 0', [id]);
}

const asJson = (value: TraceContext | null | undefined) => (value ? JSON.stringify(value) : null);

async function recordAttempt(db: UnitOfWork, { task, error, worker }: FailedAttempt): Promise<void> {
  await db.execute('INSERT INTO task_attempts (task_id, attempt, error, worker) VALUES (?, ?, ?, ?)', [
    task.id,
    task.attempt,
    JSON.stringify(error),
    worker,
  ]);
}
