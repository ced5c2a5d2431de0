import type { QueuedTask } from '@sorting-office/db';
import { TaskFailure } from '@sorting-office/tasks';

/** The task's owner wants it stopped. */
export class TaskCancelledError extends Error {
  readonly code = 'TASK_CANCELLED';
  constructor() {
    super('the task was cancelled');
    this.name = 'TaskCancelledError';
  }
}

/** The worker must stop and the task has not ended in time. */
export class WorkerStoppingError extends Error {
  readonly code = 'WORKER_STOPPING';
  constructor() {
    super('the worker is stopping');
    this.name = 'WorkerStoppingError';
  }
}

/** Settles as the work does, or rejects with the signal's reason as soon as it aborts. */
export type Within = <T>(work: Promise<T>) => Promise<T>;

/** What this process is running right now, and the means to stop it: one task, or all of them. */
export class RunningTasks {
  readonly #controllers = new Map<string, AbortController>();

  get count(): number {
    return this.#controllers.size;
  }

  /**
   * Runs an attempt under a signal that aborts when its time is up, it is cancelled, or the worker must stop.
   *
   * A task that ignores the signal is not waited for: `within` rejects, the transaction is rolled back, and what the task still
   * tries to write is refused because its unit of work has ended.
   */
  async run<T>(
    task: QueuedTask,
    timeLimitSeconds: number,
    attempt: (signal: AbortSignal, within: Within) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      const message = `it took longer than the ${timeLimitSeconds} s that it may`;
      controller.abort(new TaskFailure('TASK_TIMED_OUT', message, { retryable: true }));
    }, timeLimitSeconds * 1000);
    this.#controllers.set(task.id, controller);
    try {
      return await attempt(signal, (work) => orAborted(work, signal));
    } finally {
      clearTimeout(timer);
      if (this.#controllers.get(task.id) === controller) this.#controllers.delete(task.id);
    }
  }

  /** Aborts a task if it runs here. */
  cancel(taskId: string): void {
    this.#controllers.get(taskId)?.abort(new TaskCancelledError());
  }

  /** Aborts everything that runs here. */
  stopAll(): void {
    for (const controller of this.#controllers.values()) controller.abort(new WorkerStoppingError());
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason as Error);
    if (signal.aborted) aborted();
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}
