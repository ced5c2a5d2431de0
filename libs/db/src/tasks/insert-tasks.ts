import { isDuplicateKey } from '../errors';
import { perStatement } from '../statement-size';
import type { UnitOfWork } from '../unit-of-work';
import { placeholders } from './placeholders';
import type { QueuedTask } from './queued-task';

/** A task to insert; its first attempt is 1. */
export interface NewTask extends Omit<QueuedTask, 'attempt'> {
  maxAttempts: number;
  /** When it may run first; null: at once. */
  runAt: Date | null;
  uniqueKey: string | null;
  idempotencyKey: string | null;
}

/**
 * How long after its insertion the relay publishes a task, in seconds, unless whoever inserted it has reported the message
 * confirmed by then. Long enough for a commit and a confirm, short enough for nobody to wait long for a process that died.
 */
export const publishGraceSeconds = 5;

/**
 * Inserts tasks, up to 500 with a statement, and returns those to publish as soon as the unit of work has committed: all but
 * the delayed ones, which the relay publishes when they are due.
 *
 * @throws the server's duplicate-entry error (1062) when a unique or idempotency key is taken; see `isDuplicateKey`.
 */
export async function insertTasks(db: UnitOfWork, tasks: readonly NewTask[]): Promise<QueuedTask[]> {
  for (const rows of perStatement(tasks)) await insertRows(db, rows);
  return toPublish(tasks);
}

/** What became of tasks that were to be inserted unless they are queued already. */
export interface InsertedUnlessQueued {
  inserted: NewTask[];
  /** To be published as soon as the unit of work has committed. */
  publish: QueuedTask[];
  /** For each task, in their order, the id of the one that is queued: its own, or that of the one that has its unique key. */
  ids: string[];
}

/**
 * Inserts tasks of one account and one name as {@link insertTasks} does, but for those whose unique key a queued task has. Of several
 * with the same key the first is inserted. One statement for up to 500, and two more for each time that keys are found to be taken.
 *
 * @throws the server's duplicate-entry error when an idempotency key is taken, or when the task that had a unique key ended just then.
 */
export async function insertUnlessQueued(db: UnitOfWork, tasks: readonly NewTask[]): Promise<InsertedUnlessQueued> {
  const holders = new Map<string, string>();
  const firsts = tasks.filter(({ id, uniqueKey }) => {
    if (uniqueKey === null) return true;
    if (holders.has(uniqueKey)) return false;
    holders.set(uniqueKey, id);
    return true;
  });
  const inserted: NewTask[] = [];
  for (const part of perStatement(firsts)) {
    let rows = part;
    while (rows.length > 0) {
      try {
        await insertRows(db, rows);
        inserted.push(...rows);
        break;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // The server has undone the statement, and nothing else.
        const queued = await queuedByKey(db, rows);
        if (queued.size === 0) throw error;
        for (const [key, id] of queued) holders.set(key, id);
        rows = rows.filter(({ uniqueKey }) => uniqueKey === null || !queued.has(uniqueKey));
      }
    }
  }
  const ids = tasks.map(({ id, uniqueKey }) => (uniqueKey === null ? id : (holders.get(uniqueKey) ?? id)));
  return { inserted, publish: toPublish(inserted), ids };
}

/** The tasks that have a unique key of one of these, by it. */
async function queuedByKey(db: UnitOfWork, tasks: readonly NewTask[]): Promise<Map<string, string>> {
  const keys = tasks.flatMap(({ uniqueKey }) => uniqueKey ?? []);
  const [first] = tasks;
  if (!first || keys.length === 0) return new Map();
  const rows = await db.rows<{ id: string; uniqueKey: string }>(
    `SELECT id, unique_key AS uniqueKey FROM tasks WHERE account_id = ? AND name = ? AND unique_key IN (${placeholders(keys.length)})`,
    [first.accountId, first.name, ...keys],
  );
  return new Map(rows.map(({ id, uniqueKey }) => [uniqueKey, id]));
}

/** Inserts what one statement takes. */
async function insertRows(db: UnitOfWork, rows: readonly NewTask[]): Promise<void> {
  await db.execute(
    `INSERT INTO tasks (id, account_id, name, queue, payload, max_attempts, publish_at, priority, unique_key, idempotency_key,
                        root_id, batch_id, trace_context)
     VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, COALESCE(?, now(6) + INTERVAL ? SECOND), ?, ?, ?, ?, ?, ?)').join(', ')}`,
    rows.flatMap((task) => [
      task.id,
      task.accountId,
      task.name,
      task.queue,
      JSON.stringify(task.payload),
      task.maxAttempts,
      task.runAt,
      publishGraceSeconds,
      task.priority,
      task.uniqueKey,
      task.idempotencyKey,
      task.rootId,
      task.batchId,
      task.traceContext && JSON.stringify(task.traceContext),
    ]),
  );
}

const toPublish = (tasks: readonly NewTask[]): QueuedTask[] =>
  tasks
    .filter(({ runAt }) => runAt === null)
    .map(({ id, name, queue, payload, accountId, rootId, batchId, priority, traceContext }) => ({
      id,
      name,
      queue,
      attempt: 1,
      payload,
      accountId,
      rootId,
      batchId,
      priority,
      traceContext,
    }));
