import type { TaskError } from '../models/task';
import type { UnitOfWork } from '../unit-of-work';

/** What became of a tick, and when the next one is. */
export interface Advance {
  /** The tick that was seen to. */
  tick: Date;
  nextAt: Date;
  /** The task that it enqueued; null when it enqueued none. */
  taskId: string | null;
  /** Why it enqueued none; null when it did. */
  error: TaskError | null;
}

/** Moves a schedule on to its next tick; the row must be locked by `takeDueSchedules`. One statement, by primary key. */
export async function advanceSchedule(db: UnitOfWork, id: string, advance: Advance): Promise<void> {
  const { tick, nextAt, taskId, error } = advance;
  await db.execute(
    `UPDATE schedules SET last_at = ?, next_at = ?, last_task_id = COALESCE(?, last_task_id), last_error = ? WHERE id = ?`,
    [tick, nextAt, taskId, error && JSON.stringify(error), id],
  );
}

/**
 * Puts a schedule off that cannot be seen to at all, since its expression or its zone means nothing here. One statement, by
 * primary key.
 *
 * @param seconds until it is looked at again, perhaps by a build that understands it.
 */
export async function putOffSchedule(db: UnitOfWork, id: string, seconds: number, error: TaskError): Promise<void> {
  await db.execute(`UPDATE schedules SET next_at = now(6) + INTERVAL ? SECOND, last_error = ? WHERE id = ?`, [
    seconds,
    JSON.stringify(error),
    id,
  ]);
}
