import { type QueuedTask, reserveSlot } from '@sorting-office/db';
import { slotIntervalMicroseconds, type TaskDefinition } from '@sorting-office/tasks';
import type { Settled } from './handle-message';
import type { MessageHandlerParts } from './parts';

/**
 * Lets a task with a rate limit begin in its turn, in a commit of its own before the attempt's transaction. A task without one
 * pays nothing.
 *
 * @returns null: go on. Else the end of the attempt: it has been put off until its turn, or is no longer the current one.
 */
export async function awaitTurn(
  { database }: MessageHandlerParts,
  { name, rateLimit }: TaskDefinition,
  task: QueuedTask,
): Promise<Settled | null> {
  if (!rateLimit) return null;
  const answer = await database.transaction((db) =>
    reserveSlot(db, {
      task,
      intervalMicroseconds: slotIntervalMicroseconds(rateLimit),
      reason: {
        code: 'RATE_LIMITED',
        message: `it waits for its turn: ${rateLimit.tasks} tasks named ${name} may begin each ${rateLimit.perSeconds} s`,
      },
    }),
  );
  // Of a stale message the attempt itself finds out what it is: a duplicate, or of a task that was never there.
  return answer === 'postponed' ? { end: 'postponed', publish: [] } : null;
}
