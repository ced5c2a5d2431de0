/** For tests of tasks that go on as others: runs whatever is queued, one after the other, as a worker would but without a broker. */
import {
  completeTask,
  type Database,
  endBatchMember,
  failTask,
  insertTasks,
  storeResult,
  Task,
  type UnitOfWork,
} from '@sorting-office/db';
import { newTask } from '../../define/new-task';
import { describeFailure } from '../../define/task-failure';
import { openTaskScope } from '../../define/task-scope';
import { loadTasks } from '../../registry';
import { deaf } from '../../testing';

export interface TestWorkerOptions {
  database: Database;
  accountId: string;
}

interface RunOptions {
  /** Throws in the place of a commit that is lost. */
  beforeCommit?: (task: Task) => void;
}

const signal = new AbortController().signal;
const log = { info: () => undefined, warn: () => undefined };

/** Enqueues a task of this name; returns its id. */
export async function enqueue(
  { database, accountId }: TestWorkerOptions,
  name: string,
  payload: unknown,
): Promise<string> {
  const row = newTask((await loadTasks()).get(name), payload, { accountId, traceContext: null });
  await database.transaction((db) => insertTasks(db, [row]));
  return row.id;
}

/** Runs tasks until none is queued. A task that throws has failed, for good; one that is to be retried later is left. */
export async function work(options: TestWorkerOptions, run: RunOptions = {}): Promise<void> {
  const left: string[] = [];
  for (;;) {
    const queued = await options.database.read((db) =>
      db(Task).where({ state: 'queued' }).whereNotIn('id', left).orderBy('id').first(),
    );
    if (!queued) return;
    const end = await settle(options, queued, run);
    if (end === 'retry_later') left.push(queued.id);
  }
}

/** The one task that goes on from a task's batch, with its result. */
export function continuationOf({ database }: TestWorkerOptions, taskId: string): Promise<Task | undefined> {
  return database.read(async (db) => {
    const [row] = await db.rows<{ continuation: { id: string } }>(
      'SELECT continuation FROM batches WHERE task_id = ?',
      [taskId],
    );
    return row && db(Task).findById(row.continuation.id);
  });
}

async function settle({ database }: TestWorkerOptions, row: Task, { beforeCommit }: RunOptions): Promise<string> {
  const definition = (await loadTasks()).get(row.name);
  const task = {
    ...{ id: row.id, attempt: row.attempt, accountId: row.account_id, rootId: row.root_id, batchId: row.batch_id },
    traceContext: null,
  };
  const read = <T>(reading: (db: UnitOfWork) => PromiseLike<T>) => database.read(reading);
  try {
    const prepared = await definition.prepare?.(row.payload, {
      read,
      speech: deaf,
      task,
      signal,
      log,
      mailboxRoot: null,
    });
    return await database.transaction(async (db) => {
      await completeTask(db, task);
      const scope = openTaskScope({ db, task, prepared, stop: { signal }, log, mailboxRoot: null });
      const ended = await definition.run(row.payload, scope.context);
      if (ended.outcome !== 'done') throw new NotDone(ended.outcome);
      const result = definition.result.parse(ended.result);
      if (result !== undefined) await storeResult(db, row.id, result);
      if (task.batchId !== null) await endBatchMember(db, task.batchId, 'succeeded', scope.joined());
      beforeCommit?.(row);
      return ended.outcome;
    });
  } catch (error) {
    if (error instanceof NotDone) return error.message;
    await database.transaction((db) => failTask(db, { task, worker: 'test/1', error: describeFailure(error) }));
    return 'failed';
  }
}

class NotDone extends Error {}
