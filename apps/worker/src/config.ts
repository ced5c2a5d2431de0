import { brokerConfig, checkBroker } from '@sorting-office/broker';
import { checkDatabase, databaseConfig, type KeepTime, taskQueue, type TaskQueue } from '@sorting-office/db';
import { checkSpeech, speechConfig } from '@sorting-office/speech';
import { mailboxConfig } from '@sorting-office/tasks';
import { z } from 'zod';

const queues = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .pipe(z.array(taskQueue).min(1));

const seconds = z.coerce.number().positive();
const days = z.coerce.number().min(0).max(36_500);
const concurrency = z.coerce.number().int().min(1).max(500);

const settings = z.object({
  ...speechConfig.shape,
  ...mailboxConfig.shape,
  ...databaseConfig.shape,
  ...brokerConfig.shape,
  /** Which queues to take from, separated by commas. */
  WORKER_QUEUES: queues.default([...taskQueue.options]),
  WORKER_CONCURRENCY_INTERACTIVE: concurrency.default(4),
  WORKER_CONCURRENCY_DEFAULT: concurrency.default(8),
  WORKER_CONCURRENCY_BULK: concurrency.default(4),
  /** How often a task may take its worker down with it. */
  WORKER_MAX_CRASHES: z.coerce.number().int().min(0).default(3),
  /** How long a stopping worker lets its tasks finish. */
  WORKER_GRACE_SECONDS: seconds.default(20),
  /** How long a statement may take until the database counts as gone. */
  WORKER_STATEMENT_SECONDS: seconds.default(30),
  /** How long the database keeps the row locks of a worker whose host has vanished; longer for tasks that may take longer. */
  WORKER_LOCK_BOUND_SECONDS: seconds.default(90),
  /** How long a message may be missing from its queue, and from all workers, until it is published again. */
  WORKER_RECONCILE_SECONDS: seconds.default(60),
  /** How long a task may keep the process from doing anything else until the process is ended; see {@link longestStallSeconds}. */
  WORKER_STALL_SECONDS: seconds.default(60),
  /** How long tasks are kept that have ended, in days; 0: for ever. */
  WORKER_KEEP_DAYS: days.default(30),
  /** How long those are kept that have failed: never less than the others; 0: for ever. */
  WORKER_KEEP_FAILED_DAYS: days.default(90),
  HEALTH_HOST: z.string().default('0.0.0.0'),
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(8081),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
/** What a worker is told by its environment. */
export const workerConfig = settings.superRefine(checkSpeech).superRefine(checkDatabase).superRefine(checkBroker);

/** What it takes to migrate. */
export const migrateConfig = databaseConfig;

export type WorkerConfig = z.infer<typeof workerConfig>;

const secondsPerDay = 24 * 60 * 60;

/** How long what has ended is kept; null: for ever. */
export function keepTime({
  WORKER_KEEP_DAYS: days,
  WORKER_KEEP_FAILED_DAYS: failedDays,
}: WorkerConfig): KeepTime | null {
  if (days === 0) return null;
  return {
    seconds: days * secondsPerDay,
    failedSeconds: failedDays === 0 ? null : Math.max(days, failedDays) * secondsPerDay,
  };
}

/** How many tasks of a queue run at a time. */
export const concurrencyOf = (config: WorkerConfig, queue: TaskQueue): number =>
  ({
    interactive: config.WORKER_CONCURRENCY_INTERACTIVE,
    default: config.WORKER_CONCURRENCY_DEFAULT,
    bulk: config.WORKER_CONCURRENCY_BULK,
  })[queue];

/**
 * How long the process may stand still, in seconds, until it is ended: never so long that the database ends its sessions first, as a task
 * that blocks it would lose its own each time, which looks like an outage and is not counted.
 */
export const longestStallSeconds = ({ WORKER_STALL_SECONDS, WORKER_LOCK_BOUND_SECONDS }: WorkerConfig): number =>
  Math.min(WORKER_STALL_SECONDS, (WORKER_LOCK_BOUND_SECONDS * 2) / 3);

/** How long stopping may take in all, in seconds, whatever hangs: the grace period of its tasks, and what comes after it. */
export const longestStopSeconds = ({ WORKER_GRACE_SECONDS }: WorkerConfig): number => WORKER_GRACE_SECONDS + 15;
