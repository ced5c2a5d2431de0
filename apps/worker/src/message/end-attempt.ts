import {
  BatchCancelledError,
  cancelAttempt,
  failTask,
  findStanding,
  postponeTask,
  type QueuedTask,
  retryTask,
  type TaskError,
} from '@sorting-office/db';
import {
  backoffMs,
  describeFailure,
  isRetryable,
  PayloadInvalidError,
  type TaskDefinition,
  TaskNotDoneError,
} from '@sorting-office/tasks';
import { failCurrentSpan } from '@sorting-office/telemetry';
import type { Settled } from './handle-message';
import type { MessageHandlerParts } from './parts';
import { TaskCancelledError } from './running-tasks';
import { assertSameTask } from './same-task';
import { nextAttemptsTrace } from './trace';

/** Ends an attempt that has been rolled back, by what it was rolled back for. */
export function endAttempt(
  parts: MessageHandlerParts,
  definition: TaskDefinition,
  task: QueuedTask,
  reason: unknown,
): Promise<Settled> {
  if (reason instanceof TaskCancelledError || reason instanceof BatchCancelledError)
    return endCancelledAttempt(parts, task);
  if (!(reason instanceof TaskNotDoneError)) return endFailedAttempt(parts, definition, task, reason);
  switch (reason.ended.outcome) {
    case 'retry_later':
      return endPostponedAttempt(parts, task, reason.ended);
    case 'discard':
      return endCancelledAttempt(parts, task, { code: 'DISCARDED', message: reason.ended.reason });
  }
}

/**
 * Ends an attempt that its own error has ended: another one later, while there are tries left and trying can help, or failed.
 * In a batch that was called off nothing can help.
 * Fenced by attempt: when somebody else has ended it meanwhile, theirs is the end that counts.
 */
function endFailedAttempt(
  { database, worker, log }: MessageHandlerParts,
  definition: TaskDefinition,
  task: QueuedTask,
  error: unknown,
): Promise<Settled> {
  log.warn({ taskId: task.id, task: task.name, attempt: task.attempt, err: error }, 'attempt failed');
  failCurrentSpan(error);
  const failed = { task, worker, error: describeFailure(error), traceContext: nextAttemptsTrace(task) };
  return database.transaction(async (db): Promise<Settled> => {
    const standing = await findStanding(db, task.id);
    // What a forged message fails at is not the fault of the task whose name it bears.
    assertSameTask(standing, task, error instanceof PayloadInvalidError);
    if (standing && !standing.batchCancelled && isRetryable(error) && task.attempt < standing.maxAttempts) {
      const tried = definition.retry.attempts - (standing.maxAttempts - task.attempt);
      const retried = await retryTask(db, failed, backoffMs(definition.retry, Math.max(1, tried)));
      return { end: retried ? 'retried' : 'duplicate', publish: [] };
    }
    return ended('failed', await failTask(db, failed));
  });
}

/** Ends an attempt whose owner has cancelled it or its batch, or which has found nothing left to do. */
function endCancelledAttempt(
  { database }: MessageHandlerParts,
  task: QueuedTask,
  discarded?: TaskError,
): Promise<Settled> {
  const end = discarded ? 'discarded' : 'cancelled';
  return database.transaction(async (db) => ended(end, await cancelAttempt(db, task, discarded)));
}

/** Ends an attempt that has asked for another time. */
function endPostponedAttempt(
  { database }: MessageHandlerParts,
  task: QueuedTask,
  { delayMs, reason }: { delayMs: number; reason: string },
): Promise<Settled> {
  return database.transaction(async (db): Promise<Settled> => {
    // It would ask for another time for ever, and its batch would never end.
    if (task.batchId !== null && (await findStanding(db, task.id))?.batchCancelled)
      return ended('cancelled', await cancelAttempt(db, task));
    const waits = { code: 'RETRY_LATER', message: reason };
    const postponed = await postponeTask(db, task, delayMs, waits, nextAttemptsTrace(task));
    return { end: postponed ? 'postponed' : 'duplicate', publish: [] };
  });
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

const ended = (end: 'failed' | 'cancelled' | 'discarded', publish: QueuedTask[] | null): Settled =>
  publish ? { end, publish } : { end: 'duplicate', publish: [] };
