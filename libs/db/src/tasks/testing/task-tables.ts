/** For tests of the tasks' SQL: a database, and tasks to put into it. */
import { newId } from '../../ids';
import { Batch, Task } from '../../models';
import { migratedDatabase } from '../../testing';
import type { UnitOfWork } from '../../unit-of-work';
import { insertTasks, type NewTask } from '../index';

export async function taskTables() {
  const home = await migratedDatabase();
  const { database, accountId } = home;
  const commit = <T>(work: (db: UnitOfWork) => PromiseLike<T>): Promise<T> => database.transaction(work);

  const task = (overrides: Partial<NewTask> = {}): NewTask => {
    const id = newId();
    return {
      id,
      accountId,
      name: 'test_task',
      queue: 'default',
      payload: { n: 1, text: 'Ї' },
      rootId: id,
      batchId: null,
      priority: 0,
      traceContext: null,
      maxAttempts: 3,
      runAt: null,
      uniqueKey: null,
      idempotencyKey: null,
      ...overrides,
    };
  };
  return {
    database,
    accountId,
    commit,
    task,
    inserted: async (overrides: Partial<NewTask> = {}): Promise<NewTask> => {
      const one = task(overrides);
      await commit((db) => insertTasks(db, [one]));
      return one;
    },
    row: (id: string): Promise<Task> => database.read((db) => db(Task).findById(id).throwIfNotFound()),
    batchRow: (id: string): Promise<Batch> => database.read((db) => db(Batch).findById(id).throwIfNotFound()),
    /** Makes what waits in the outbox due at once. */
    hurry: () => commit((db) => db.execute('UPDATE tasks SET publish_at = now(6) WHERE publish_at IS NOT NULL')),
    drop: () => home.drop(),
  };
}

export type TaskTables = Awaited<ReturnType<typeof taskTables>>;

/** How a try of a task went wrong. */
export const failed = (id: string, attempt: number, batchId: string | null = null) => ({
  task: { id, attempt, batchId },
  error: { code: 'ON_PURPOSE', message: 'on purpose' },
  worker: 'test/1',
});
