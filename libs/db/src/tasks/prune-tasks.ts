/**
 * Takes away what has ended long ago, a small part at a time, in the order of the ids, which is that in which rows were made.
 *
 * ```
 *   batch   goes when it has finished long ago, and what went on from it has succeeded long ago or is gone: nobody counts its members again
 *   task    goes when it has ended long ago, with its failed attempts, unless a batch that is there was opened by it or counts it,
 *           a move that can be made or undone bears its id, or it is the latest of a schedule
 * ```
 *
 * Each of these reasons to stay ends once and for all, so none is looked at again under a lock; that a task has ended is, since it may
 * be replayed. A part reads so many rows, whatever becomes of them; who dies in the middle of one has done nothing.
 */
import { idBound } from '../ids';
import type { UnitOfWork } from '../unit-of-work';

/** How long what has ended is kept, in seconds. */
export interface KeepTime {
  seconds: number;
  /** For what has failed, and for a batch with a member that has; no less than the other. Null: for ever. */
  failedSeconds: number | null;
}

/** Where to go on, and how many rows to look at. */
interface Place {
  /** The id to begin after; empty: from the first. */
  after: string;
  limit: number;
}

export interface PrunedPart {
  /** How many are gone once this is committed; their failed attempts are not counted. */
  pruned: number;
  /** The id to go on after; null when there are no more that are old enough. */
  last: string | null;
}

/**
 * Deletes batches that are over among the next ones. Those that somebody holds are passed over.
 *
 * One statement that reads, by primary keys, and two by primary key when there is something to delete.
 */
export async function pruneBatches(db: UnitOfWork, keep: KeepTime, place: Place): Promise<PrunedPart> {
  const found = await db.rows<Found>(pruneStatements.batches, [
    ...ageBindings(keep),
    keep.seconds,
    ...range(keep, place),
  ]);
  const over = prunableOf(found);
  const part = { pruned: 0, last: lastOf(found, place) };
  if (over.length === 0) return part;
  const ids = await idsOf(
    db,
    `SELECT b.id FROM ${these} STRAIGHT_JOIN batches AS b FORCE INDEX (PRIMARY) ON b.id = these.id FOR UPDATE SKIP LOCKED`,
    [JSON.stringify(over)],
  );
  await deleteFrom(db, 'batches', 'id', ids);
  return { ...part, pruned: ids.length };
}

/**
 * Deletes tasks that nothing needs any more among the next ones, and their failed attempts. Those that somebody holds are passed over.
 *
 * One statement that reads, by primary keys and the indexes `batches_task`, `actions_run`, `actions_proposed_by` and
 * `schedules_last_task`, and three by primary key when there is something to delete.
 */
export async function pruneTasks(db: UnitOfWork, keep: KeepTime, place: Place): Promise<PrunedPart> {
  const found = await db.rows<Found>(pruneStatements.tasks, [...ageBindings(keep), ...range(keep, place)]);
  const unneeded = prunableOf(found);
  const part = { pruned: 0, last: lastOf(found, place) };
  if (unneeded.length === 0) return part;
  const ids = await idsOf(
    db,
    `SELECT t.id FROM ${these} STRAIGHT_JOIN tasks AS t FORCE INDEX (PRIMARY) ON t.id = these.id
     WHERE ${taskIsOld} FOR UPDATE SKIP LOCKED`,
    [JSON.stringify(unneeded), ...ageBindings(keep)],
  );
  await deleteFrom(db, 'task_attempts', 'task_id', ids);
  await deleteFrom(db, 'tasks', 'id', ids);
  return { ...part, pruned: ids.length };
}

/**
 * Ids, as a table that the rows are looked up from one by one. Of a small table that has most of the rows of an `IN (…)` MariaDB reads
 * all the others too, whatever index is forced, and a DELETE would wait for whoever holds one of them.
 */
const these = `JSON_TABLE(?, '$[*]' COLUMNS (id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) AS these`;

const before = (failed: string) => `now(6) - INTERVAL IF(${failed}, ?, ?) SECOND`;
const taskIsOld = `t.state <> 'queued' AND t.finished_at < ${before("t.state = 'failed'")}`;
const ageBindings = ({ seconds, failedSeconds }: KeepTime) => [failedSeconds, seconds];

/** A move that can still be made or undone: whoever does so names its run, or the dry run that proposed it. */
const liveAction = `a.state IN ('proposed', 'planned', 'done')`;

/**
 * What of a part of a table may go. Exported for tests that read their plans.
 *
 * The reasons to stay are asked for in the list of columns, and so of no more rows than the part has.
 */
export const pruneStatements = {
  batches: `SELECT b.id, b.finished_at < ${before('b.failed > 0')}
      AND NOT EXISTS (SELECT 1 FROM tasks AS t
        WHERE t.id = CONVERT(JSON_UNQUOTE(JSON_EXTRACT(b.continuation, '$.id')) USING ascii) COLLATE ascii_bin
          AND NOT (t.state = 'succeeded' AND t.finished_at < now(6) - INTERVAL ? SECOND)) AS prunable
    FROM batches AS b FORCE INDEX (PRIMARY) WHERE b.id > ? AND b.id < ? ORDER BY b.id LIMIT ?`,
  tasks: `SELECT t.id, ${taskIsOld}
      AND NOT EXISTS (SELECT 1 FROM batches AS b WHERE b.id = t.batch_id)
      AND NOT EXISTS (SELECT 1 FROM batches AS b WHERE b.task_id = t.id)
      AND NOT EXISTS (SELECT 1 FROM actions AS a WHERE a.run_id = t.id AND ${liveAction})
      AND NOT EXISTS (SELECT 1 FROM actions AS a WHERE a.proposed_by = t.id AND ${liveAction})
      AND NOT EXISTS (SELECT 1 FROM schedules AS s WHERE s.last_task_id = t.id) AS prunable
    FROM tasks AS t FORCE INDEX (PRIMARY) WHERE t.id > ? AND t.id < ? ORDER BY t.id LIMIT ?`,
};

interface Found {
  id: string;
  /** Null as 0: it has not ended, or is kept for ever. */
  prunable: number | null;
}

/** What was made later cannot have ended long enough ago: one look at the ids, for none but the database's clock to confirm. */
const range = ({ seconds }: KeepTime, { after, limit }: Place) => [
  after,
  idBound(new Date(Date.now() - seconds * 1000)),
  limit,
];
const prunableOf = (found: readonly Found[]) => found.filter(({ prunable }) => prunable === 1).map(({ id }) => id);
const lastOf = (found: readonly Found[], { limit }: Place) =>
  found.length === limit ? (found.at(-1)?.id ?? null) : null;

const idsOf = async (db: UnitOfWork, sql: string, bindings: readonly unknown[]) =>
  (await db.rows<{ id: string }>(sql, bindings)).map(({ id }) => id);

/** By the beginning of the primary key. */
async function deleteFrom(db: UnitOfWork, table: string, column: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.execute(
    `DELETE gone FROM ${these} STRAIGHT_JOIN ${table} AS gone FORCE INDEX (PRIMARY) ON gone.${column} = these.id`,
    [JSON.stringify(ids)],
  );
}
