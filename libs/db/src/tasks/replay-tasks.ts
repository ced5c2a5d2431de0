import { isDuplicateKey } from '../errors';
import type { UnitOfWork } from '../unit-of-work';
import type { QueuedTask } from './queued-task';
import { replayTask } from './steer-task';

/** Which ended tasks to queue once more. */
export interface ReplayFilter {
  accountId: string;
  state: 'failed' | 'cancelled';
  name?: string | undefined;
  /** The code of the error that they ended with. */
  errorCode?: string | undefined;
  /** Those that ended then or later. */
  since?: Date | undefined;
  /** Those that ended before. */
  until?: Date | undefined;
}

/** How a task is replayed; see {@link replayTask}. */
export interface ReplayTerms {
  attempts: number;
  uniqueKey: string | null;
}

export interface ReplayedPart {
  /** The tasks to publish after the commit. */
  publish: QueuedTask[];
  /** How many stay as they are: nobody knows how to replay them, or the same work is queued already. */
  skipped: number;
  /** The id to go on after; null when there are no more. */
  last: string | null;
}

/**
 * Replays the next tasks that a filter fits, by their ids. Rows that somebody holds are passed over.
 *
 * One statement by the index `tasks_state`, which gives them in the order of their ids, and two to four by primary key for each
 * task.
 *
 * @param part.after the id to begin after; empty: from the first.
 * @param part.limit how many rows to take, which stay locked until the commit.
 * @param termsOf null for a task that cannot be replayed.
 */
export async function replayTasks(
  db: UnitOfWork,
  filter: ReplayFilter,
  { after, limit }: { after: string; limit: number },
  termsOf: (task: { name: string; payload: unknown }) => ReplayTerms | null,
): Promise<ReplayedPart> {
  const { where, bindings } = conditionsOf(filter);
  const rows = await db.rows<{ id: string; name: string; payload: unknown }>(
    `SELECT id, name, payload FROM tasks FORCE INDEX (tasks_state)
     WHERE state = ? AND account_id = ? AND id > ? ${where} ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED`,
    [filter.state, filter.accountId, after, ...bindings, limit],
  );
  const part: ReplayedPart = {
    publish: [],
    skipped: 0,
    last: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
  };
  for (const row of rows) {
    const terms = termsOf(row);
    const replayed = terms && (await unlessActive(replayTask(db, row.id, terms.attempts, terms.uniqueKey)));
    if (replayed) part.publish.push(replayed);
    else part.skipped++;
  }
  return part;
}

async function unlessActive(replaying: Promise<QueuedTask | null>): Promise<QueuedTask | null> {
  try {
    return await replaying;
  } catch (error) {
    // The same work is queued already, which is what was wanted.
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

function conditionsOf({ name, errorCode, since, until }: ReplayFilter): { where: string; bindings: unknown[] } {
  const conditions = [
    ['AND name = ?', name],
    [`AND JSON_UNQUOTE(JSON_EXTRACT(error, '$.code')) = ?`, errorCode],
    ['AND finished_at >= ?', since],
    ['AND finished_at < ?', until],
  ] as const;
  const given = conditions.filter(([, value]) => value !== undefined);
  return { where: given.map(([sql]) => sql).join(' '), bindings: given.map(([, value]) => value) };
}
