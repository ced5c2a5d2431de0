import { cancelAttempt, failTask, findStanding, type QueuedTask, retryTask, type UnitOfWork } from '@sorting-office/db';
import { backoffMs, describeFailure, isRetryable, type TaskDefinition } from '@sorting-office/tasks';
import type { Settled } from './handle-message';
import type { MessageHandlerParts } from './parts';

/**
 * Ends an attempt that its own error has ended: another one later, while there are tries left and trying can help, or failed.
 * Fenced by attempt: when somebody else has ended it meanwhile, theirs is the end that counts.
 */
export function endFailedAttempt(
  { database, worker, log }: MessageHandlerParts,
  definition: TaskDefinition,
  task: QueuedTask,
  error: unknown,
): Promise<Settled> {
  log.warn({ taskId: task.id, task: task.name, attempt: task.attempt, err: error }, 'attempt failed');
  const failed = { task, worker, error: describeFailure(error) };
  return database.transaction(async (db): Promise<Settled> => {
    const standing = await findStanding(db, task.id);
    if (standing && isRetryable(error) && task.attempt < standing.maxAttempts) {
      const tried = definition.retry.attempts - (standing.maxAttempts - task.attempt);
      const retried = await retryTask(db, failed, backoffMs(definition.retry, Math.max(1, tried)));
      return { end: retried ? 'retried' : 'duplicate', publish: [] };
    }
    return ended('failed', await failTask(db, failed));
  });
}

/** Ends an attempt whose owner has cancelled it. */
export function endCancelledAttempt({ database }: MessageHandlerParts, task: QueuedTask): Promise<Settled> {
  return database.transaction(async (db: UnitOfWork) => ended('cancelled', await cancelAttempt(db, task)));
}

/** Ends a task that has taken too many workers down with it. */
export async function endCrashingTask(
  { database, worker }: MessageHandlerParts,
  task: QueuedTask,
  crashes: number,
): Promise<Settled> {
  const error = {
    code: 'WORKER_DIED',
    message: `the worker died ${crashes} times while running this task`,
    details: { crashes },
  };
  return database.transaction(async (db) => ended('failed', await failTask(db, { task, worker, error })));
}

const ended = (end: 'failed' | 'cancelled', publish: QueuedTask[] | null): Settled =>
  publish ? { end, publish } : { end: 'duplicate', publish: [] };
