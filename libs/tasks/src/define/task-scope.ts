import {
  insertTasks,
  insertUnlessQueued,
  type NewTask,
  newId,
  openBatch,
  type QueuedTask,
  type UnitOfWork,
} from '@sorting-office/db';
import type { TaskDefinition } from './define-task';
import { type EnqueueManyOptions, type EnqueueOptions, newTask, type TaskOrigin } from './new-task';
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

  /** Inserts tasks of one name. Whoever has the unique key of one stands for it; should that one end just now, this attempt tries again. */
  const insert = async (rows: readonly NewTask[]): Promise<string[]> => {
    const result = await insertUnlessQueued(db, rows);
    publish.push(...result.publish);
    delayed.push(...result.inserted.filter(({ runAt }) => runAt !== null));
    return result.ids;
  };

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
      const [id = row.id] = await insert([row]);
      return id;
    },

    enqueueMany: <P>(
      definition: TaskDefinition<P>,
      payloads: readonly NoInfer<P>[],
      enqueueOptions?: EnqueueManyOptions,
    ) => insert(payloads.map((payload) => newTask(definition, payload, origin, enqueueOptions))),

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
