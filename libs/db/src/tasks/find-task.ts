import type { TaskState } from '../models/task';
import type { UnitOfWork } from '../unit-of-work';

/** Where a task stands, as its row says without waiting for anybody. */
export interface TaskStanding {
  state: TaskState;
  attempt: number;
  maxAttempts: number;
  crashCount: number;
  /** Whether the batch that it is part of was called off. */
  batchCancelled: boolean;
}

/** Reads a task's standing without a lock, by primary keys; null when there is no such task. */
export async function findStanding(db: UnitOfWork, id: string): Promise<TaskStanding | null> {
  const [standing] = await db.rows<Omit<TaskStanding, 'batchCancelled'> & { batchCancelled: number }>(
    `SELECT tasks.state, tasks.attempt, tasks.max_attempts AS maxAttempts, tasks.crash_count AS crashCount,
            batches.cancelled_at IS NOT NULL AS batchCancelled
     FROM tasks LEFT JOIN batches ON batches.id = tasks.batch_id WHERE tasks.id = ?`,
    [id],
  );
  return standing ? { ...standing, batchCancelled: standing.batchCancelled === 1 } : null;
}
