import { type Schedule, taskError } from '@sorting-office/db';
import { CronInvalidError, nextTicks } from '@sorting-office/tasks';
import { z } from 'zod';

/** A schedule as the API shows it. */
export const scheduleView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    task: z.string().meta({ description: 'The task that each tick enqueues' }),
    payload: z.unknown(),
    cron: z.string(),
    timeZone: z.string(),
    enabled: z.boolean(),
    nextTicks: z.array(z.iso.datetime()).meta({
      description: 'The next three; the first one may have passed and be made up for; none while it is paused',
    }),
    lastTick: z.iso.datetime().nullable(),
    lastTaskId: z.uuid().nullable().meta({ description: 'The task that it enqueued most recently' }),
    lastError: taskError.nullable().meta({ description: 'Why its latest tick enqueued nothing' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Schedule' });
export type ScheduleView = z.infer<typeof scheduleView>;

/** How many ticks to come are shown. */
const shown = 3;

export function viewSchedule(schedule: Schedule): ScheduleView {
  const { id, name, task, payload, cron, enabled, last_at, last_task_id, last_error, created_at } = schedule;
  return {
    id,
    name,
    task,
    payload,
    cron,
    timeZone: schedule.time_zone,
    enabled: enabled === 1,
    nextTicks: ticksOf(schedule).map((tick) => tick.toISOString()),
    lastTick: last_at?.toISOString() ?? null,
    lastTaskId: last_task_id,
    lastError: last_error,
    createdAt: created_at.toISOString(),
  };
}

function ticksOf({ cron, time_zone: timeZone, enabled, next_at }: Schedule): Date[] {
  if (enabled === 0 || next_at === null) return [];
  try {
    return [next_at, ...nextTicks({ cron, timeZone }, next_at, shown - 1)];
  } catch (error) {
    // Stored by a build that understood it; its schedulers will, and until then nothing is known of its ticks.
    if (error instanceof CronInvalidError) return [];
    throw error;
  }
}
