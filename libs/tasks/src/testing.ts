/** For tests of tasks: runs one as a worker would, without a broker. */
import { completeTask, type Database, insertTasks, newId, storeResult, type UnitOfWork } from '@sorting-office/db';
import { type Speech, SpeechError } from '@sorting-office/speech';
import { newTask } from './define/new-task';
import { TaskNotDoneError } from './define/task-failure';
import type { TaskDefinition } from './define/define-task';
import { openTaskScope } from './define/task-scope';

export interface TaskRun<Result> {
  taskId: string;
  result: Result;
  /** What the task has enqueued, in its order. */
  enqueued: { id: string; name: string; payload: unknown }[];
}

export interface TaskSurroundings {
  database: Database;
  accountId: string;
  /** The folder that mailboxes must be in; anywhere when absent. */
  mailboxRoot?: string | null;
  /** Absent: nobody is there to recognise anything. */
  speech?: Speech;
  /** What is committed together with the task. */
  before?: (db: UnitOfWork, taskId: string) => Promise<void>;
}

/** For who has nothing to say. */
export const deaf: Speech = {
  recognise: () => Promise.reject(new SpeechError('RECOGNISER_MISSING', 'nobody is there to recognise anything')),
};

/**
 * Enqueues and runs a task: prepare first, then run in one transaction, which is rolled back when it throws.
 *
 * @param payload as it would arrive: it is validated, and its defaults are filled in.
 */
export async function runTask<Payload, Result, Prepared>(
  definition: TaskDefinition<Payload, Result, Prepared>,
  payload: unknown,
  { database, accountId, speech = deaf, mailboxRoot = null, before = () => Promise.resolve() }: TaskSurroundings,
): Promise<TaskRun<Result>> {
  const row = newTask(definition as unknown as TaskDefinition<Payload>, payload, {
    accountId,
    traceContext: null,
    id: newId(),
  });
  await database.transaction(async (db) => {
    await insertTasks(db, [row]);
    await before(db, row.id);
  });
  const task = { ...row, attempt: 1 };
  const signal = new AbortController().signal;
  const log = { info: () => undefined, warn: () => undefined };
  const valid = row.payload as Payload;
  const read = <T>(work: (db: UnitOfWork) => PromiseLike<T>) => database.read(work);
  const prepared = await definition.prepare?.(valid, { read, speech, task, signal, log, mailboxRoot });
  return database.transaction(async (db) => {
    await completeTask(db, task);
    const scope = openTaskScope({ db, task, prepared: prepared as Prepared, stop: { signal }, log, mailboxRoot });
    const ended = await definition.run(valid, scope.context);
    if (ended.outcome !== 'done') throw new TaskNotDoneError(ended);
    const result = definition.result.parse(ended.result);
    if (result !== undefined) await storeResult(db, row.id, result);
    return {
      taskId: row.id,
      result,
      enqueued: scope.publish.map(({ id, name, payload: sent }) => ({ id, name, payload: sent })),
    };
  });
}
