import {
  insertTasks,
  isDuplicateKey,
  type NewTask,
  newId,
  openBatch,
  type QueuedTask,
  type UnitOfWork,
} from '@sorting-office/db';
import type { TaskDefinition } from './define-task';
import { type EnqueueOptions, newTask, type TaskOrigin } from './new-task';
import type { TaskCall, TaskContext, TaskIdentity, TaskLog } from './task-context';

export interface TaskScopeOptions<Prepared> {
  db: UnitOfWork;
  task: Pick<QueuedTask, 'id' | 'attempt' | 'accountId' | 'rootId' | 'batchId' | 'traceContext'>;
  prepared: Prepared;
  /** Asked for its signal when the task asks for it. */
  stop: { readonly signal: AbortSignal };
  log: TaskLog;
  /** The folder that mailboxes must be in; null for anywhere. */
  mailboxRoot: string | null;
}

/** One attempt's context, and what came of it. */
export interface TaskScope<Prepared> {
  readonly context: TaskContext<Prepared>;
  /** Tasks to publish once the unit of work has committed. */
  readonly publish: QueuedTask[];
  /** Those that are to be published later. */
  readonly delayed: NewTask[];
  /** How many tasks were added to the attempt's own batch. */
  joined(): number;
}

/** Gives a task its transaction, and everything it enqueues the same fate. */
export function openTaskScope<Prepared>(options: TaskScopeOptions<Prepared>): TaskScope<Prepared> {
  const { db, task, prepared, stop, log, mailboxRoot } = options;
  const publish: QueuedTask[] = [];
  const delayed: NewTask[] = [];
  let joined = 0;

  const origin: TaskOrigin = { accountId: task.accountId, rootId: task.rootId, traceContext: task.traceContext };
  const rowsOf = (calls: readonly TaskCall[], batchId: string | null) =>
    calls.map((one) => newTask(one.task, one.payload, batchId === null ? origin : { ...origin, batchId }));

  const identity: TaskIdentity = { id: task.id, attempt: task.attempt, accountId: task.accountId, rootId: task.rootId };
  const context: TaskContext<Prepared> = {
    db,
    prepared,
    get signal() {
      return stop.signal;
    },
    log,
    mailboxRoot,
    task: identity,

    async enqueue<P>(definition: TaskDefinition<P>, payload: NoInfer<P>, enqueueOptions?: EnqueueOptions) {
      const row = newTask(definition, payload, origin, enqueueOptions);
      try {
        publish.push(...(await insertTasks(db, [row])));
        if (row.runAt !== null) delayed.push(row);
        return row.id;
      } catch (error) {
        if (row.uniqueKey === null || !isDuplicateKey(error)) throw error;
        return activeTaskId(db, row.accountId, row.name, row.uniqueKey, error);
      }
    },

    async openBatch({ id = newId(), children, continuation }) {
      publish.push(
        ...(await openBatch(db, {
          id,
          accountId: task.accountId,
          taskId: task.id,
          children: rowsOf(children, id),
          continuation: newTask(continuation.task, continuation.payload, origin),
        })),
      );
      return id;
    },

    async join(children) {
      publish.push(...(await insertTasks(db, rowsOf(children, task.batchId))));
      if (task.batchId !== null) joined += children.length;
    },
  };
  return { context, publish, delayed, joined: () => joined };
}

async function activeTaskId(
  db: UnitOfWork,
  accountId: string,
  name: string,
  uniqueKey: string,
  error: unknown,
): Promise<string> {
  const [active] = await db.rows<{ id: string }>(
    'SELECT id FROM tasks WHERE account_id = ? AND name = ? AND unique_key = ?',
    [accountId, name, uniqueKey],
  );
  // Ended between the two statements: this attempt is rolled back and tries again.
  if (!active) throw error;
  return active.id;
}
