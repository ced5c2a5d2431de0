import type { UnitOfWork } from '../unit-of-work';

/**
 * Deletes a search and blanks its task: what was said, understood and found is nowhere any more, and that there was a task
 * remains. Only once that task has ended: a worker may hold its text otherwise. Four statements at most, by primary key.
 *
 * @returns false when the task has not ended, and nothing was written.
 */
export async function forgetSearch(
  db: UnitOfWork,
  { id, accountId }: { id: string; accountId: string },
): Promise<boolean> {
  const { affectedRows } = await db.execute(
    `UPDATE tasks SET payload = '{}', result = NULL, error = NULL, idempotency_key = NULL
     WHERE id = ? AND account_id = ? AND state <> 'queued'`,
    [id, accountId],
  );
  if (affectedRows === 0 && (await stands(db, id))) return false;
  await db.execute('DELETE FROM task_attempts WHERE task_id = ?', [id]);
  await db.execute('DELETE FROM searches WHERE id = ? AND account_id = ?', [id, accountId]);
  return true;
}

/** Whether a task waits or runs. Blanking it twice, or after it was pruned, changes no row either. */
async function stands(db: UnitOfWork, id: string): Promise<boolean> {
  const [task] = await db.rows<{ state: string }>('SELECT state FROM tasks WHERE id = ?', [id]);
  return task?.state === 'queued';
}
