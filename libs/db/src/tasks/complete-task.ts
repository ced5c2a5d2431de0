import type { UnitOfWork } from '../unit-of-work';
import type { QueuedTask } from './queued-task';

/** Who a task is: never another one in its life, but for the batch, which a replay can leave behind. */
export type TaskIdentity = Pick<QueuedTask, 'name' | 'accountId' | 'rootId' | 'batchId'>;

/**
 * Claims an attempt by completing it: locks the row, refuses duplicates and stale attempts, and marks the task succeeded, all
 * of which becomes true only with the commit of the task's own effects. One statement, by primary key: told so, since the server would
 * look into every index of what else is compared before it takes that, which costs as much as the update.
 *
 * What else the caller says of the task must be as the row has it: a message may come from anywhere, and the row is the truth.
 *
 * @returns false when this attempt is not the task's current one, the task has ended or is another one, or there is none.
 */
export async function completeTask(
  db: UnitOfWork,
  task: { id: string; attempt: number } & Partial<TaskIdentity>,
): Promise<boolean> {
  const said = columns.flatMap(([column, key]) => (task[key] === undefined ? [] : [{ column, value: task[key] }]));
  const { affectedRows } = await db.execute(
    `UPDATE tasks FORCE INDEX (PRIMARY)
     SET state = 'succeeded', publish_at = NULL, published_at = NULL, unique_key = NULL, error = NULL, finished_at = now(6)
     WHERE id = ? AND attempt = ? AND state = 'queued'${said.map(({ column }) => ` AND ${column} <=> ?`).join('')}`,
    [task.id, task.attempt, ...said.map(({ value }) => value)],
  );
  return affectedRows === 1;
}

const columns = [
  ['name', 'name'],
  ['account_id', 'accountId'],
  ['root_id', 'rootId'],
  ['batch_id', 'batchId'],
] as const satisfies readonly (readonly [string, keyof TaskIdentity])[];

/** Stores what a task returned, in the unit of work that has completed it. */
export async function storeResult(db: UnitOfWork, id: string, result: unknown): Promise<void> {
  await db.execute('UPDATE tasks SET result = ? WHERE id = ?', [JSON.stringify(result), id]);
}
