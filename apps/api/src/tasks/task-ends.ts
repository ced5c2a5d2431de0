import type { OfficeEvent } from '@sorting-office/broker';

const ends: readonly OfficeEvent['type'][] = ['task.succeeded', 'task.failed', 'task.cancelled'];

/** Lets requests wait for tasks to end: woken by events, convinced by the database. */
export class TaskEnds {
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #lookMs: number;
  #closed = false;

  /** @param lookMs events are transient: whoever waits for one looks at the task itself as often as this, in milliseconds. */
  constructor(lookMs = 1000) {
    this.#lookMs = lookMs;
  }

  /** Passes on what has happened to a task. */
  tell({ type, taskId }: Pick<OfficeEvent, 'type' | 'taskId'>): void {
    if (ends.includes(type)) for (const wake of this.#waiting.get(taskId) ?? []) wake();
  }

  /** How many requests wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Lets nobody wait any longer. */
  close(): void {
    this.#closed = true;
    for (const wakes of this.#waiting.values()) for (const wake of wakes) wake();
  }

  /**
   * Looks at a task until it has ended, the time is up, or nobody wants to know any more.
   *
   * @param look reads the task.
   * @param ms how long to wait at most, in milliseconds.
   * @returns the task as it was seen last.
   */
  async wait<T extends { state: string }>(
    taskId: string,
    look: () => Promise<T>,
    ms: number,
    signal: AbortSignal,
  ): Promise<T> {
    const until = performance.now() + ms;
    for (;;) {
      // Listening begins before the look, so that an end in between is not missed.
      const { woken, wake, stop } = this.#listen(taskId, signal);
      let timer: NodeJS.Timeout | undefined;
      try {
        const task = await look();
        const left = until - performance.now();
        if (task.state !== 'queued' || left <= 0 || this.#closed || signal.aborted) return task;
        timer = setTimeout(wake, Math.min(left, this.#lookMs));
        await woken;
      } finally {
        clearTimeout(timer);
        stop();
      }
    }
  }

  /** `woken` resolves at an event of the task, when the signal aborts, and by `wake`. */
  #listen(taskId: string, signal: AbortSignal): { woken: Promise<void>; wake: () => void; stop: () => void } {
    const wakes = this.#waiting.get(taskId) ?? new Set();
    this.#waiting.set(taskId, wakes);
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    wakes.add(wake);
    signal.addEventListener('abort', wake);
    const stop = () => {
      signal.removeEventListener('abort', wake);
      wakes.delete(wake);
      if (wakes.size === 0) this.#waiting.delete(taskId);
    };
    return { woken, wake, stop };
  }
}
