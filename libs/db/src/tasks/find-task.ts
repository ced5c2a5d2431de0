import type { TaskState } from '../models/task';
import type { UnitOfWork } from '../unit-of-work';

/** Where a task stands, as its row says without waiting for anybody. */
export interface TaskStanding {
  state: TaskState;
  attempt: number;
  maxAttempts: number;
  crashCount: number;
}

/** Reads a task's standing without a lock; null when there is no such task. */
export async function findStanding(db: UnitOfWork, id: string): Promise<TaskStanding | null> {
  const [standing] = await db.rows<TaskStanding>(
    'SELECT state, attempt, max_attempts AS maxAttempts, crash_count AS crashCount FROM tasks WHERE id = ?',
    [id],
  );
  return standing ?? null;
}
