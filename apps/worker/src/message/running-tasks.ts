import { setTimeout as sleep } from 'node:timers/promises';
import type { QueuedTask } from '@sorting-office/db';
import { TaskFailure } from '@sorting-office/tasks';

/** The task's owner wants it stopped. */
export class TaskCancelledError extends Error {
  readonly code = 'TASK_CANCELLED';
  readonly retryable = false;
  constructor() {
    super('the task was cancelled');
    this.name = 'TaskCancelledError';
  }
}

/** The worker must stop and the task has not ended in time. */
export class WorkerStoppingError extends Error {
  readonly code = 'WORKER_STOPPING';
  readonly retryable = true;
  constructor() {
    super('the worker is stopping');
    this.name = 'WorkerStoppingError';
  }
}

/** Settles as the work does, or rejects with the reason to stop as soon as there is one. */
export type Within = <T>(work: Promise<T>) => Promise<T>;

type RunningTask = Pick<QueuedTask, 'id' | 'name' | 'attempt'>;

/** How long a task may take to heed its signal before that is worth a word, in milliseconds. */
const heedMs = 1000;

/** How an attempt learns that it must end. */
export interface Stop {
  /** Made when somebody asks for it: most tasks are over before they would. */
  readonly signal: AbortSignal;
  /** Throws what it must end for, if it must. */
  throwIfStopped(): void;
}

class Run implements Stop {
  readonly #controller = new AbortController();
  #reason: Error | null = null;
  /** When its time is up (`performance.now()`), while it is the task itself that takes time. */
  dueAt = Infinity;
  /** Told when it must end, while somebody waits for the task. */
  onStop: (reason: Error) => void = () => undefined;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get reason(): Error | null {
    return this.#reason;
  }

  stop(reason: Error): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#controller.abort(reason);
    this.onStop(reason);
  }

  throwIfStopped(): void {
    if (this.#reason !== null) throw this.#reason;
  }
}

const timedOutCode = 'TASK_TIMED_OUT';
const timedOut = (seconds: number) =>
  new TaskFailure(timedOutCode, `it took longer than the ${seconds} s that it may`, { retryable: true });

/** Whether an attempt was given up because its time was up. */
export const isTimedOut = (error: unknown): boolean => error instanceof TaskFailure && error.code === timedOutCode;

/** What this process is running right now, and the means to stop it: one task, or all of them. */
export class RunningTasks {
  readonly #runs = new Map<string, Run>();
  readonly #givenUp = new Map<Promise<unknown>, string>();
  readonly #onIgnored: (task: RunningTask) => void;

  /** @param onIgnored told of each task that goes on running although it was told to stop. */
  constructor(onIgnored: (task: RunningTask) => void = () => undefined) {
    this.#onIgnored = onIgnored;
  }

  get count(): number {
    return this.#runs.size;
  }

  /** The names of tasks that were given up and go on running all the same, each for itself: they hold memory, but no lock. */
  get givenUp(): string[] {
    return [...this.#givenUp.values()];
  }

  /** How long ago the time of any attempt was up that has not come to an end yet, in milliseconds; 0 when there is none. */
  get overdueMs(): number {
    const now = performance.now();
    return Math.max(0, ...[...this.#runs.values()].map(({ dueAt }) => now - dueAt));
  }

  /**
   * Runs an attempt that is told to stop when its time is up, it is cancelled, or the worker must stop.
   *
   * Time counts only while `within` waits for the task: what the database takes in between is not the task's fault.
   *
   * A task that takes no notice is not waited for: `within` rejects, the transaction is rolled back, and what the task still
   * tries to write is refused because its unit of work has ended.
   */
  async run<T>(
    task: RunningTask,
    timeLimitSeconds: number,
    attempt: (stop: Stop, within: Within) => Promise<T>,
  ): Promise<T> {
    const run = new Run();
    this.#runs.set(task.id, run);
    let leftMs = timeLimitSeconds * 1000;
    const within: Within = async (work) => {
      const began = performance.now();
      const timer = setTimeout(() => run.stop(timedOut(timeLimitSeconds)), leftMs);
      run.dueAt = began + leftMs;
      try {
        return await this.#orGivenUp(task, work, run);
      } finally {
        clearTimeout(timer);
        leftMs -= performance.now() - began;
        if (run.reason === null) run.dueAt = Infinity;
      }
    };
    try {
      return await attempt(run, within);
    } finally {
      if (this.#runs.get(task.id) === run) this.#runs.delete(task.id);
    }
  }

  /** Aborts a task if it runs here. */
  cancel(taskId: string): void {
    this.#runs.get(taskId)?.stop(new TaskCancelledError());
  }

  /** Aborts everything that runs here. */
  stopAll(): void {
    for (const run of this.#runs.values()) run.stop(new WorkerStoppingError());
  }

  #orGivenUp<T>(task: RunningTask, work: Promise<T>, run: Run): Promise<T> {
    return new Promise((resolve, reject) => {
      run.onStop = (reason) => {
        reject(reason);
        void this.#watch(task, work);
      };
      if (run.reason !== null) run.onStop(run.reason);
      work.then(resolve, reject);
    });
  }

  async #watch(task: RunningTask, work: Promise<unknown>): Promise<void> {
    const settled = work.then(
      () => true,
      () => true,
    );
    if (await Promise.race([settled, sleep(heedMs, false, { ref: false })])) return;
    this.#givenUp.set(work, task.name);
    this.#onIgnored(task);
    await settled;
    this.#givenUp.delete(work);
  }
}
