import type { UnitOfWork } from '../unit-of-work';

/**
 * Claims an attempt by completing it: locks the row, refuses duplicates and stale attempts, and marks the task succeeded, all
 * of which becomes true only with the commit of the task's own effects. One statement, by primary key.
 *
 * @returns false when this attempt is not the task's current one, or the task has ended, or there is no such task.
 */
export async function completeTask(db: UnitOfWork, task: { id: string; attempt: number }): Promise<boolean> {
  const { affectedRows } = await db.execute(
    `UPDATE tasks SET state = 'succeeded', publish_at = NULL, published_at = NULL, unique_key = NULL, error = NULL, finished_at = now(6)
     WHERE id = ? AND attempt = ? AND state = 'queued'`,
    [task.id, task.attempt],
  );
  return affectedRows === 1;
}

/** Stores what a task returned, in the unit of work that has completed it. */
export async function storeResult(db: UnitOfWork, id: string, result: unknown): Promise<void> {
  await db.execute('UPDATE tasks SET result = ? WHERE id = ?', [JSON.stringify(result), id]);
}
