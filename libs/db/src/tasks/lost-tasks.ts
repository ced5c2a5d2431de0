import type { TaskQueue } from '../models/task';
import type { UnitOfWork } from '../unit-of-work';
import { placeholders } from './placeholders';

/** From this priority on, RabbitMQ 4 lets messages overtake the rest of their queue: each side of it is a line of its own. */
export const overtakingPriority = 5;

/**
 * Renews the time since when RabbitMQ has these tasks' messages, as their holder is alive and has not come to them yet. Those
 * that are running are locked, and need nothing.
 *
 * Two statements, by primary key.
 */
export async function renewHeld(db: UnitOfWork, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const held = await db.rows<{ id: string }>(
    `SELECT id FROM tasks WHERE id IN (${placeholders(ids.length)}) AND published_at IS NOT NULL FOR UPDATE SKIP LOCKED`,
    ids,
  );
  if (held.length === 0) return;
  await db.execute(
    `UPDATE tasks SET published_at = now(6) WHERE id IN (${placeholders(held.length)})`,
    held.map(({ id }) => id),
  );
}

/** A part of the tasks that RabbitMQ is believed to hold, of which those still there must be younger than a time. */
export interface SuspectedLoss {
  queue: TaskQueue;
  /** Whether it is about messages that overtake; see {@link overtakingPriority}. */
  overtaking: boolean;
  /** Everything published before has left the queue; null: the queue is empty now. */
  outBefore: Date | null;
  /** How long a message may have left its queue without a sign of life from its holder, in seconds. */
  silenceSeconds: number;
}

/**
 * Makes tasks due again whose messages have left their queue, though nobody works on them or holds them: RabbitMQ has lost them.
 *
 * Two statements; the first one by the index `tasks_outbox`, passing over what is locked.
 *
 * @returns how many; fewer than the limit means that none is left.
 */
export async function makeLostDue(db: UnitOfWork, loss: SuspectedLoss, limit: number): Promise<number> {
  const { queue, overtaking, outBefore, silenceSeconds } = loss;
  const lost = await db.rows<{ id: string }>(
    `SELECT id FROM tasks FORCE INDEX (tasks_outbox)
     WHERE publish_at IS NULL AND queue = ? AND published_at < LEAST(COALESCE(?, now(6)), now(6)) - INTERVAL ? MICROSECOND
       AND state = 'queued' AND priority ${overtaking ? '>=' : '<'} ${overtakingPriority}
     LIMIT ? FOR UPDATE SKIP LOCKED`,
    [queue, outBefore, Math.round(silenceSeconds * 1e6), limit],
  );
  if (lost.length > 0) {
    await db.execute(
      `UPDATE tasks SET publish_at = now(6), published_at = NULL WHERE id IN (${placeholders(lost.length)})`,
      lost.map(({ id }) => id),
    );
  }
  return lost.length;
}
