// The statements of schedules: libs/db/src/schedules, apps/worker/src/schedules.
import { advanceSchedule, putOffSchedule } from '@sorting-office/db';
import { loadTasks } from '@sorting-office/tasks';
import { Scheduler } from '@sorting-office/worker/testing';
import { idOf } from '../large/ids';
import type { Office } from './office';

export async function scheduleStatements({ database, commit, prepare }: Office): Promise<void> {
  const scheduler = new Scheduler({
    database,
    registry: await loadTasks(),
    onEnqueued: () => undefined,
    mayRun: () => true,
    batchSize: 50,
  });
  await scheduler.enqueueDue();
  const again = async () => {
    await prepare('UPDATE schedules SET next_at = last_at WHERE last_at IS NOT NULL');
    await scheduler.enqueueDue();
  };
  // The tick's task is queued still; then it has ended, and the same tick comes again.
  await again();
  await prepare(`UPDATE tasks SET state = 'succeeded', unique_key = NULL WHERE idempotency_key LIKE 'schedule/%'`);
  await again();
  const error = { code: 'ON_PURPOSE', message: 'on purpose' };
  const [tick, nextAt] = [new Date(), new Date(Date.now() + 3_600_000)];
  await commit((db) => advanceSchedule(db, idOf('schedule', 5), { tick, nextAt, taskId: null, error }));
  await commit((db) => putOffSchedule(db, idOf('schedule', 5), 60, error));
}
