/**
 * A task is one file that default-exports what `defineTask` returns: a name, a validated payload, and what to do.
 *
 * ```
 *   prepare(payload)            slow reading, outside of any transaction; optional
 *        |
 *   BEGIN, claim
 *   run(payload, context)       everything it does through context.db is committed together with its end,
 *   COMMIT                      or not at all
 * ```
 */
import type { TaskQueue } from '@sorting-office/db';
import type { z } from 'zod';
import type { Outcome } from './outcome';
import type { PrepareContext, TaskContext } from './task-context';

/** How often and how long apart a task is tried. */
export interface RetryPolicy {
  /** Tries in all, the first one included. */
  attempts: number;
  /** The most the first pause can last, in milliseconds; each further pause can last twice as long. */
  baseMs: number;
  /** The most any pause can last, in milliseconds. */
  maxMs: number;
}

/**
 * How fast the tasks of a name may begin, on all workers together and for all accounts together.
 *
 * Attempts are given slots that lie evenly apart: 60 tasks per 3600 s are one a minute, whenever they were enqueued, and no
 * window of `perSeconds` has slots for more than `tasks`. An attempt whose slot lies ahead is put off until then, once, which
 * uses up none of its tries; it begins when the relay has published it, about a second after its slot. Priorities do not count
 * here: who asks first is served first.
 */
export interface RateLimit {
  /** From 1. */
  tasks: number;
  /** Seconds. */
  perSeconds: number;
}

export interface TaskDefinition<Payload = unknown, Result = unknown, Prepared = unknown> {
  /** Lower-case words joined by underscores; unique, and for life: rows and messages carry it. */
  readonly name: string;
  /** One sentence for people, shown in the API's documentation. */
  readonly description: string;
  readonly payload: z.ZodType<Payload>;
  readonly result: z.ZodType<Result>;
  readonly queue: TaskQueue;
  readonly retry: RetryPolicy;
  /** How long prepare and run may take together, in seconds. */
  readonly timeLimitSeconds: number;
  /** Whether only other tasks enqueue it: the API does not offer it. */
  readonly internal: boolean;
  /** How fast tasks of this name may begin; absent: as fast as workers are free. Costs statements only where it is set. */
  readonly rateLimit?: RateLimit;
  /** What no two queued tasks of this name and account may have in common; absent or null: no such thing. */
  unique?(payload: Payload): string | null;
  /** Slow reading (files, other services) before the transaction begins. Must be free of effects; may be repeated. */
  prepare?(payload: Payload, context: PrepareContext): Promise<Prepared>;
  /** Does the work inside the transaction. What it throws is a failure, retried unless it says otherwise. */
  run(payload: Payload, context: TaskContext<Prepared>): Promise<Outcome<Result>>;
}

const defaults = {
  retry: { attempts: 5, baseMs: 1000, maxMs: 300_000 },
  timeLimitSeconds: 60,
  internal: false,
} satisfies Partial<TaskDefinition>;

type Defaulted = keyof typeof defaults;

/** Defines a task. What is left out: 5 attempts, at most 1 s before the second and 5 minutes before any, and 60 s of time. */
export function defineTask<Payload, Result, Prepared = undefined>(
  definition: Omit<TaskDefinition<Payload, Result, Prepared>, Defaulted> &
    Partial<Pick<TaskDefinition<Payload, Result, Prepared>, Defaulted>>,
): TaskDefinition<Payload, Result, Prepared> {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(definition.name) || definition.name.length > 64) {
    throw new TypeError(`"${definition.name}" is no name for a task: use lower-case words joined by underscores`);
  }
  if (definition.rateLimit) slotIntervalMicroseconds(definition.rateLimit);
  return { ...defaults, ...definition };
}

/**
 * The least time between two slots of a limited task, in microseconds.
 *
 * @throws TypeError when the limit is none.
 */
export function slotIntervalMicroseconds({ tasks, perSeconds }: RateLimit): number {
  if (!Number.isInteger(tasks) || tasks < 1 || !(perSeconds > 0) || !Number.isFinite(perSeconds)) {
    throw new TypeError(`${tasks} tasks per ${perSeconds} s is no rate limit: both must be above 0, and tasks whole`);
  }
  return Math.ceil((perSeconds * 1_000_000) / tasks);
}
