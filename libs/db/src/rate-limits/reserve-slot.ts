/**
 * Gives the attempts of a limited task their slots: moments at least an interval apart, whichever worker asks.
 *
 * ```
 *   asks, no slot yet --> the next free one --has come---> begins, the slot noted in its row
 *                                |
 *                                +--lies ahead--> postponed: attempt + 1, due at the slot, which stays reserved for it
 *   comes back with a slot --has come--> begins
 * ```
 *
 * A slot is an attempt's own, noted with its number: whatever makes another attempt of the task makes it ask anew, and a
 * message that comes twice, or too early, gets no second one.
 */
import type { TaskError } from '../models/task';
import type { UnitOfWork } from '../unit-of-work';

export interface SlotRequest {
  task: { id: string; name: string; attempt: number };
  /** The least time between two slots, in microseconds. */
  intervalMicroseconds: number;
  /** What the task shows while it waits. */
  reason: TaskError;
}

/**
 * - `begin`: the attempt's slot has come.
 * - `postponed`: it lies ahead, and the task is due again then, with as many tries left as before.
 * - `stale`: the attempt is no longer the task's current one, or there is no such task.
 */
export type SlotAnswer = 'begin' | 'postponed' | 'stale';

/**
 * Reserves a slot for an attempt.
 *
 * One statement for an attempt that comes back at its slot, else four, each by primary key. The limit's row is what all attempts
 * of the name have in common: it is locked for two statements and the commit. The clock is the database's.
 */
export async function reserveSlot(db: UnitOfWork, request: SlotRequest): Promise<SlotAnswer> {
  const { task, intervalMicroseconds, reason } = request;
  const [current] = await db.rows<{ reserved: number; come: number }>(
    `SELECT slot_attempt <=> attempt AS reserved, COALESCE(slot_at <= now(6), 0) AS come FROM tasks
     WHERE id = ? AND attempt = ? AND state = 'queued' FOR UPDATE`,
    [task.id, task.attempt],
  );
  if (!current) return 'stale';
  if (current.reserved === 1 && current.come === 1) return 'begin';
  if (current.reserved === 0) await takeSlot(db, task, intervalMicroseconds);
  return (await postponeToSlot(db, task, reason)) ? 'postponed' : 'begin';
}

async function takeSlot(
  db: UnitOfWork,
  { id, name, attempt }: SlotRequest['task'],
  intervalMicroseconds: number,
): Promise<void> {
  await db.execute(
    `INSERT INTO rate_limits (name, last_slot_at) VALUES (?, now(6))
     ON DUPLICATE KEY UPDATE last_slot_at = GREATEST(now(6), last_slot_at + INTERVAL ? MICROSECOND)`,
    [name, intervalMicroseconds],
  );
  await db.execute(
    'UPDATE tasks SET slot_at = (SELECT last_slot_at FROM rate_limits WHERE name = ?), slot_attempt = ? WHERE id = ?',
    [name, attempt, id],
  );
}

async function postponeToSlot(
  db: UnitOfWork,
  { id, attempt }: SlotRequest['task'],
  reason: TaskError,
): Promise<boolean> {
  const { affectedRows } = await db.execute(
    `UPDATE tasks SET attempt = attempt + 1, max_attempts = max_attempts + 1, slot_attempt = ?, publish_at = slot_at, published_at = NULL, error = ?
     WHERE id = ? AND slot_at > now(6)`,
    [attempt + 1, JSON.stringify(reason), id],
  );
  return affectedRows === 1;
}
