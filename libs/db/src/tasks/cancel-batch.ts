/**
 * Calls off what a task has started: the batches that it has opened, and those that their members have opened.
 *
 * ```
 *   for each batch that has not finished, outermost first:
 *     BEGIN  batches.cancelled_at = now   COMMIT          from here on no member can succeed
 *     BEGIN  lock waiting members -> cancelled -> off the batch   COMMIT       500 at a time, until there are none
 *     who is still queued now is held by a worker, which has to be asked
 *   then the batches of its members: none can be opened any more
 * ```
 *
 * Whoever dies half-way leaves members that find their batch cancelled when they end; calling off once more does the rest.
 */
import type { Database } from '../database';
import type { UnitOfWork } from '../unit-of-work';
import { cancelBatchMembers } from './batch';
import { type QueuedTask, queuedTaskColumns } from './queued-task';

export interface CalledOff {
  /** How many batches had not finished. */
  batches: number;
  /** Members that a worker holds: only that worker can stop them. */
  running: QueuedTask[];
  /** What to publish. */
  publish: QueuedTask[];
}

interface FoundBatch {
  id: string;
  finished: number;
}

/** Members cancelled in one transaction. */
const membersPerTransaction = 500;

/** Calls off what a task has started, in many short transactions. The caller has made sure whose task it is. */
export async function cancelBatchesOf(database: Database, taskId: string): Promise<CalledOff> {
  const calledOff: CalledOff = { batches: 0, running: [], publish: [] };
  let level = await database.read((db) => batchesOpenedBy(db, taskId));
  while (level.length > 0) {
    const below: FoundBatch[] = [];
    for (const { id, finished } of level) {
      if (finished === 0) await callOff(database, id, calledOff);
      below.push(...(await database.read((db) => batchesOpenedByMembersOf(db, id))));
    }
    level = below;
  }
  return calledOff;
}

async function callOff(database: Database, batchId: string, calledOff: CalledOff): Promise<void> {
  const open = await database.transaction((db) => markCancelled(db, batchId));
  if (!open) return;
  calledOff.batches++;
  let after: Position | null = { name: '', id: '' };
  while (after) {
    const from: Position = after;
    const { publish, last } = await database.transaction((db) => cancelWaiting(db, batchId, from));
    calledOff.publish.push(...publish);
    after = last;
  }
  calledOff.running.push(...(await database.read((db) => queuedMembers(db, batchId))));
}

/** @returns false when the batch has finished. By primary key. */
async function markCancelled(db: UnitOfWork, batchId: string): Promise<boolean> {
  const { affectedRows } = await db.execute(
    'UPDATE batches SET cancelled_at = COALESCE(cancelled_at, now(6)) WHERE id = ? AND finished_at IS NULL',
    [batchId],
  );
  return affectedRows === 1;
}

/** A place in the index `tasks_batch`, which InnoDB ends with the primary key. */
interface Position {
  name: string;
  id: string;
}

/**
 * Cancels the next members that wait, passing over those that somebody holds. Locks in the order in which tasks that end do: the
 * members first, then their batch. Three statements, by `tasks_batch` and primary keys.
 *
 * @returns `last`: where the next part begins; null when there is none.
 */
async function cancelWaiting(
  db: UnitOfWork,
  batchId: string,
  after: Position,
): Promise<{ publish: QueuedTask[]; last: Position | null }> {
  const waiting = await db.rows<Position>(
    `SELECT name, id FROM tasks FORCE INDEX (tasks_batch)
     WHERE batch_id = ? AND (name > ? OR (name = ? AND id > ?)) AND state = 'queued'
     ORDER BY name, id LIMIT ? FOR UPDATE SKIP LOCKED`,
    [batchId, after.name, after.name, after.id, membersPerTransaction],
  );
  if (waiting.length === 0) return { publish: [], last: null };
  await db.execute(
    `UPDATE tasks SET state = 'cancelled', publish_at = NULL, published_at = NULL, unique_key = NULL, finished_at = now(6)
     WHERE id IN (${waiting.map(() => '?').join(', ')})`,
    waiting.map(({ id }) => id),
  );
  const publish = await cancelBatchMembers(db, batchId, waiting.length);
  return { publish, last: waiting.length === membersPerTransaction ? (waiting.at(-1) ?? null) : null };
}

const queuedMembers = (db: UnitOfWork, batchId: string) =>
  db.rows<QueuedTask>(
    `SELECT ${queuedTaskColumns} FROM tasks FORCE INDEX (tasks_batch) WHERE batch_id = ? AND state = 'queued'`,
    [batchId],
  );

const batchesOpenedBy = (db: UnitOfWork, taskId: string) =>
  db.rows<FoundBatch>('SELECT id, finished_at IS NOT NULL AS finished FROM batches WHERE task_id = ?', [taskId]);

/** Index `tasks_batch`, then `batches_task` for each member. */
const batchesOpenedByMembersOf = (db: UnitOfWork, batchId: string) =>
  db.rows<FoundBatch>(
    `SELECT batches.id, batches.finished_at IS NOT NULL AS finished
     FROM tasks STRAIGHT_JOIN batches ON batches.task_id = tasks.id WHERE tasks.batch_id = ?`,
    [batchId],
  );
