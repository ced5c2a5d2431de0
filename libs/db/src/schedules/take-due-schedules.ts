import type { UnitOfWork } from '../unit-of-work';

/** A schedule with a tick that is to be seen to, and when it is now by the database's clock. */
export interface DueSchedule {
  id: string;
  accountId: string;
  name: string;
  task: string;
  payload: unknown;
  cron: string;
  timeZone: string;
  nextAt: Date;
  now: Date;
}

/**
 * Locks and returns schedules with a tick that has come, the longest due first. Rows that another scheduler holds are passed
 * over, and so are those of tasks that this build does not know: a newer build's worker will see to them.
 *
 * One statement, by the index `schedules_due` and no other way: a plan that sorts would lock every due row to return a few.
 *
 * @param tasks names of the tasks that this build knows.
 */
export async function takeDueSchedules(
  db: UnitOfWork,
  tasks: readonly string[],
  limit: number,
): Promise<DueSchedule[]> {
  if (tasks.length === 0) return [];
  return db.rows<DueSchedule>(
    `SELECT id, account_id AS accountId, name, task, payload, cron, time_zone AS timeZone, next_at AS nextAt, now(6) AS now
     FROM schedules FORCE INDEX (schedules_due)
     WHERE enabled = 1 AND next_at <= now(6) AND task IN (${tasks.map(() => '?').join(', ')})
     ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED`,
    [...tasks, limit],
  );
}
