import { z } from 'zod';
import { tableModel } from './table-model';

/** `running` is no state: a worker that holds the message and the row's lock lets go of both by itself when it dies. */
export const taskState = z.enum(['queued', 'succeeded', 'failed', 'cancelled']);
export type TaskState = z.infer<typeof taskState>;

/** Classes of work, each with a queue and a concurrency of its own, so that a question never waits behind a flood of mail. */
export const taskQueue = z.enum(['interactive', 'default', 'bulk']);
export type TaskQueue = z.infer<typeof taskQueue>;

/** Why an attempt or a task failed, safe to show to the task's owner. */
export const taskError = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type TaskError = z.infer<typeof taskError>;

export const taskProgress = z.object({ done: z.int().min(0), total: z.int().min(0) });
export type TaskProgress = z.infer<typeof taskProgress>;

/**
 * W3C trace context as a carrier: `traceparent` and, where there is one, `tracestate`, of who enqueued the task; once an attempt has
 * ended without the task's end, `previous-attempt` is the `traceparent` of that attempt.
 */
export const traceContext = z.record(z.string(), z.string());
export type TraceContext = z.infer<typeof traceContext>;

export const taskRow = z.object({
  /** UUIDv7: ids sort by the time they were made. */
  id: z.uuid(),
  account_id: z.uuid(),
  name: z.string().max(64),
  queue: taskQueue,
  payload: z.unknown(),
  state: taskState,
  /** The current try, from 1. */
  attempt: z.int().min(1),
  /** The last try there will be, unless the task is replayed. */
  max_attempts: z.int().min(1),
  /** When the relay must publish the current attempt. Null: RabbitMQ has it, or the task has ended. */
  publish_at: z.date().nullable(),
  /** When RabbitMQ confirmed the current attempt's message. Null: it has not, or the task has ended. */
  published_at: z.date().nullable(),
  priority: z.int().min(0).max(255),
  /** When its turn is, or was, under its task's rate limit. Null: it has no limit, or has not been given a turn yet. */
  slot_at: z.date().nullable(),
  /** The attempt that `slot_at` is for: any other one has to ask anew. */
  slot_attempt: z.int().min(1).nullable(),
  /** Held while the task is queued, null once it has ended: two active tasks of one account and name cannot share it. */
  unique_key: z.string().max(190).nullable(),
  idempotency_key: z.string().max(190).nullable(),
  /** The task this one descends from, or itself: the correlation id of every message of the family. */
  root_id: z.uuid(),
  batch_id: z.uuid().nullable(),
  progress: taskProgress.nullable(),
  result: z.unknown(),
  error: taskError.nullable(),
  /** How often a worker is known to have died while running the current attempt. */
  crash_count: z.int().min(0),
  trace_context: traceContext.nullable(),
  created_at: z.date(),
  finished_at: z.date().nullable(),
});
export type TaskRow = z.infer<typeof taskRow>;

/** A named unit of work with a validated payload; its own outbox through `publish_at`. */
export class Task extends tableModel('tasks', taskRow, ['payload', 'progress', 'result', 'error', 'trace_context']) {}

export const taskAttemptRow = z.object({
  task_id: z.uuid(),
  attempt: z.int().min(1),
  error: taskError,
  /** The worker that tried, as `host/pid`. */
  worker: z.string().max(190),
  failed_at: z.date(),
});

/** One failed try at a task. */
export class TaskAttempt extends tableModel('task_attempts', taskAttemptRow, ['error']) {}

export const batchRow = z.object({
  id: z.uuid(),
  account_id: z.uuid(),
  /** The task that opened the batch. */
  task_id: z.uuid(),
  total: z.int().min(0),
  /** Tasks of the batch that have not ended. Whoever brings it to zero enqueues the continuation. */
  pending: z.int().min(0),
  failed: z.int().min(0),
  cancelled: z.int().min(0),
  /** The task to enqueue when the last one has ended: its row, but for what only that moment knows. */
  continuation: z.unknown(),
  created_at: z.date(),
  /** When its owner called it off: none of its tasks can succeed any more, and its continuation is cancelled too. */
  cancelled_at: z.date().nullable(),
  finished_at: z.date().nullable(),
});

/** Tasks that are waited for together. */
export class Batch extends tableModel('batches', batchRow, ['continuation']) {}
