import { z } from 'zod';
import { tableModel } from './table-model';
import { taskError } from './task';

export const scheduleRow = z.object({
  id: z.uuid(),
  account_id: z.uuid(),
  /** What its owner calls it; unique in the account. */
  name: z.string().min(1).max(190),
  /** The name of the task that each tick enqueues. */
  task: z.string().max(64),
  payload: z.unknown(),
  /** Five fields: minute, hour, day of the month, month, weekday; or `@daily` and the like. */
  cron: z.string().min(1).max(190),
  /** The IANA name of the zone whose clock the fields are read on. */
  time_zone: z.string().min(1).max(64),
  /** 1, or 0 while its owner has paused it. */
  enabled: z.union([z.literal(0), z.literal(1)]),
  /** The next tick, or the first that nobody has been there for. Null while it is paused. */
  next_at: z.date().nullable(),
  /** The latest tick that was seen to. */
  last_at: z.date().nullable(),
  /** The task that the latest successful tick enqueued. */
  last_task_id: z.uuid().nullable(),
  /** Why the latest tick enqueued nothing; null when it did. */
  last_error: taskError.nullable(),
  created_at: z.date(),
});

/** A task that is enqueued again and again, at each tick of a cron expression. */
export class Schedule extends tableModel('schedules', scheduleRow, ['payload', 'last_error']) {}

export const rateLimitRow = z.object({
  /** The name of the task. */
  name: z.string().max(64),
  /** The latest slot that an attempt has been given; the next one comes an interval later. */
  last_slot_at: z.date(),
});

/** How far the slots of a limited task are given away, to all workers together. */
export class RateLimit extends tableModel('rate_limits', rateLimitRow) {}
