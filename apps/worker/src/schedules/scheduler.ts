/**
 * Enqueues what schedules ask for, when they ask for it: exactly one task for each tick, however many workers look.
 *
 * ```
 *   BEGIN -> lock what is due, passing over what others hold -> for each: INSERT its task, move on to its next tick -> COMMIT
 *     ^                                                                                                                |
 *     |                                                                                             publish at once   |
 *     +---- at once while there was more than one batch, else about a second later -----------------------------------+
 * ```
 *
 * A tick and its task are one commit: who dies before it has done nothing, and the schedule is still due. What nobody was there
 * for is made up for once, by a task for the latest tick. What is due is for the database's clock to say, so that workers whose
 * clocks differ agree.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, type QueuedTask, takeDueSchedules } from '@sorting-office/db';
import type { TaskRegistry } from '@sorting-office/tasks';
import { enqueueTick } from './enqueue-tick';

export interface SchedulerOptions {
  database: Database;
  registry: TaskRegistry;
  /** Told of the tasks to publish, once they are committed. */
  onEnqueued: (tasks: readonly QueuedTask[]) => void;
  /** Whether to work at all: false while the database is not to be touched. */
  mayRun: () => boolean;
  /** Schedules seen to in one transaction. */
  batchSize?: number;
  /** The mean pause when nothing more is due, in milliseconds. */
  pauseMs?: number;
  onTrouble?: (error: unknown) => void;
}

export class Scheduler {
  readonly #options: Required<SchedulerOptions>;
  readonly #known: readonly string[];
  readonly #stopped = new AbortController();
  #running: Promise<void> | null = null;

  constructor(options: SchedulerOptions) {
    this.#options = { batchSize: 50, pauseMs: 1000, onTrouble: () => undefined, ...options };
    this.#known = options.registry.all().map(({ name }) => name);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Finishes the batch under way and stops. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  /** Sees to one batch of what is due. @returns whether there may be more. Errors of the database are passed on. */
  async enqueueDue(): Promise<boolean> {
    const { database, registry, batchSize, onEnqueued } = this.#options;
    const { publish, more } = await database.transaction(async (db) => {
      const due = await takeDueSchedules(db, this.#known, batchSize);
      const enqueued: QueuedTask[] = [];
      for (const schedule of due) enqueued.push(...(await enqueueTick(db, schedule, registry.get(schedule.task))));
      return { publish: enqueued, more: due.length === batchSize };
    });
    if (publish.length > 0) onEnqueued(publish);
    return more;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    const { mayRun, pauseMs, onTrouble } = this.#options;
    while (!signal.aborted) {
      let more = false;
      try {
        if (mayRun()) more = await this.enqueueDue();
      } catch (error) {
        onTrouble(error);
      }
      if (!more) await sleep(pauseMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    }
  }
}
