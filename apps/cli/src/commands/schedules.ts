import type { OfficeApi } from '../api/client';
import type { Schedule } from '../api/schemas';
import { OfficeError } from '../errors';
import { renderSchedule, renderSchedules } from '../render/schedules';
import { printable } from '../render/text';
import type { Outcome, Session } from '../session';

export interface AddOptions {
  readonly cron: string;
  readonly zone: string;
  readonly payload: unknown;
}

/** Every schedule, the newest first. */
export async function listSchedules(session: Session): Promise<Outcome> {
  const items = await session.api().schedules();
  return { document: { items }, render: (style) => renderSchedules(items, style) };
}

/** Adds a schedule; the same one again stays as it is. */
export async function addSchedule(
  name: string,
  task: string,
  { cron, zone, payload }: AddOptions,
  session: Session,
): Promise<Outcome> {
  const { schedule, isNew } = await session.api().addSchedule({ name, task, cron, timeZone: zone, payload });
  return {
    document: { schedule, isNew },
    render: (style) => {
      const said = printable(`${schedule.name} ${isNew ? 'is scheduled' : 'was scheduled like this before'}`);
      return `${said}\n\n${renderSchedule(schedule, style)}`;
    },
  };
}

const steering = {
  pause: { ask: (api: OfficeApi, { id }: Schedule) => api.changeSchedule(id, { enabled: false }), said: 'is paused' },
  resume: { ask: (api: OfficeApi, { id }: Schedule) => api.changeSchedule(id, { enabled: true }), said: 'goes on' },
  remove: {
    ask: async (api: OfficeApi, schedule: Schedule) => {
      await api.removeSchedule(schedule.id);
      return schedule;
    },
    said: 'is removed',
  },
} as const;

/** Pauses, resumes or removes the schedule of a name. */
export async function steerSchedule(verb: keyof typeof steering, name: string, session: Session): Promise<Outcome> {
  const api = session.api();
  const found = await api.findSchedule(name);
  if (!found) {
    throw new OfficeError('NOT_FOUND', `there is no schedule named ${name}`, {
      hints: ['`office schedules` lists those that there are.'],
    });
  }
  const { ask, said } = steering[verb];
  const schedule = await ask(api, found);
  return {
    document: { schedule },
    render: (style) => {
      const line = printable(`${schedule.name} ${said}`);
      return verb === 'resume' ? `${line}\n\n${renderSchedule(schedule, style)}` : line;
    },
  };
}
