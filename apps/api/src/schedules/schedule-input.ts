import {
  CronInvalidError,
  type CronSpec,
  nextTick,
  parsePayload,
  PayloadInvalidError,
  type TaskDefinition,
} from '@sorting-office/tasks';
import { z } from 'zod';
import { Problem } from '../http/problem';

/** What a schedule is made of. */
export const scheduleInput = z.strictObject({
  name: z.string().trim().min(1).max(190).meta({ description: 'Unique in the account' }),
  task: z.string().meta({ description: 'The name of the task that each tick enqueues' }),
  payload: z.unknown().optional().meta({ description: 'What the task takes; {} when absent' }),
  cron: z
    .string()
    .max(190)
    .meta({
      description: 'Minute, hour, day of the month, month, weekday; or @daily and the like',
      examples: ['0 7 * * 1-5'],
    }),
  timeZone: z
    .string()
    .max(64)
    .default('UTC')
    .meta({ description: 'The IANA zone whose clock the cron expression is read on', examples: ['Europe/Kyiv'] }),
});
export type ScheduleInput = z.output<typeof scheduleInput>;

/** What of a schedule can be changed. */
export const scheduleChange = z
  .strictObject({
    enabled: z.boolean().optional().meta({ description: 'false pauses it; what it misses then is not made up for' }),
    cron: scheduleInput.shape.cron.optional(),
    timeZone: z.string().max(64).optional(),
    payload: z.unknown().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'say what to change: enabled, cron, timeZone or payload');
export type ScheduleChange = z.output<typeof scheduleChange>;

/**
 * The first tick after now.
 *
 * @throws Problem REQUEST_INVALID, saying what is wrong with the expression or the zone.
 */
export function firstTick(spec: CronSpec, now: Date): Date {
  try {
    return nextTick(spec, now);
  } catch (error) {
    if (error instanceof CronInvalidError) throw refused([{ path: error.field, message: error.message }]);
    throw error;
  }
}

/**
 * The payload as the task would get it, its defaults filled in.
 *
 * @throws Problem REQUEST_INVALID
 */
export function validPayload(definition: TaskDefinition, payload: unknown): unknown {
  try {
    return parsePayload(definition, payload);
  } catch (error) {
    if (!(error instanceof PayloadInvalidError)) throw error;
    throw refused(
      error.issues.map(({ path, message }) => ({ path: ['payload', path].filter(Boolean).join('.'), message })),
    );
  }
}

/** The task of a name. @throws Problem REQUEST_INVALID when it is none of those that are offered. */
export function offeredTask(offered: readonly TaskDefinition[], name: string): TaskDefinition {
  const definition = offered.find((task) => task.name === name);
  if (definition) return definition;
  const known = offered.map((task) => task.name).join(', ');
  throw refused([{ path: 'task', message: `there is no task named ${name}: there are ${known}` }]);
}

const refused = (errors: { path: string; message: string }[]) =>
  new Problem(
    400,
    'REQUEST_INVALID',
    `the schedule is not valid: ${errors.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
    errors,
  );
