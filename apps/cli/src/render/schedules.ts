import type { Schedule } from '../api/schemas';
import type { Style } from './style';
import { pairs, table } from './table';
import { moment, printable } from './text';

/** Schedules, a line each. */
export function renderSchedules(items: readonly Schedule[], style: Style): string {
  if (items.length === 0) return 'There are no schedules: `office schedules add` makes one.';
  return table(
    [
      { title: 'name' },
      { title: 'task' },
      { title: 'cron' },
      { title: 'zone' },
      { title: 'next' },
      { title: 'last' },
      { title: 'error' },
    ],
    items.map(({ name, task, cron, timeZone, enabled, nextTicks, lastTick, lastError }) => [
      name,
      task,
      cron,
      timeZone,
      enabled ? moment(nextTicks[0] ?? null) : 'paused',
      moment(lastTick),
      lastError?.message ?? '',
    ]),
    style,
  );
}

/** One schedule with its next ticks, on the user's own clock. */
export function renderSchedule(schedule: Schedule, style: Style): string {
  const { id, name, task, payload, cron, timeZone, nextTicks } = schedule;
  return pairs(
    [
      ['id', printable(id)],
      ['name', printable(name)],
      ['task', printable(task)],
      ['payload', printable(JSON.stringify(payload ?? null))],
      ['cron', printable(`${cron} (${timeZone})`)],
      ['next', nextTicks.map(moment).join(', ') || '-'],
    ],
    style,
  );
}
