/**
 * Finds messages that RabbitMQ has lost while its queues stayed: purged in the console, gone with a disk, forgotten by a bug.
 *
 * A queue gives out its messages in their order. So whatever was published before the message that has just come, or before
 * now when nothing waits, has left the queue: it is done, or running (its row is locked), or held by a worker, or lost. Who
 * holds messages says so from time to time; what nobody has said anything of for a while is made due, for the relay to
 * publish. Should it be there after all, that is a duplicate, which is harmless.
 *
 * ```
 *   published_at:   ....lost?....lost?....|..silence..|..still in the queue..........> now
 *                                         |           ^ published before this: out of the queue
 *                                         made due when older than this
 * ```
 *
 * Messages of high priority overtake on RabbitMQ 4, so those and the others are two lines, each with a mark of its own.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, makeLostDue, overtakingPriority, renewHeld, type TaskQueue } from '@sorting-office/db';

/** A queue as its consumer sees it. */
export interface WatchedQueue {
  readonly queue: TaskQueue;
  /** Whether messages arrive. */
  readonly subscribed: () => boolean;
  /** Messages that wait in the queue, and have not been given to anybody. */
  readonly waiting: () => Promise<number>;
}

export interface ReconcilerOptions {
  database: Database;
  queues: readonly WatchedQueue[];
  /** The tasks whose messages this process holds, with since when (`performance.now()`). */
  held: () => ReadonlyMap<string, number>;
  /** Whether to work at all: false while the database is not to be touched. */
  mayRun: () => boolean;
  /** How long nobody may say anything of a message that has left its queue, in seconds. Clocks must agree to well within it. */
  silenceSeconds: number;
  /** Told of lost messages that are published again. */
  onLost?: (queue: TaskQueue, count: number) => void;
  onTrouble?: (error: unknown) => void;
}

/** What is known of one delivery. */
export interface SeenMessage {
  readonly redelivered: boolean;
  /** Seconds since 1970, by the publisher's clock. */
  readonly timestamp: unknown;
  readonly priority: unknown;
}

/** Times at which a process says what it holds, and looks for losses, in each time of silence. */
const looksPerSilence = 3;
const rowsPerTransaction = 500;
/** How far ahead of ours the clock of whoever has published may be, in milliseconds. */
const aheadMs = 5000;

interface Marks {
  ordinary: number;
  overtaking: number;
}

export class Reconciler {
  readonly #options: Required<ReconcilerOptions>;
  readonly #stopped = new AbortController();
  readonly #marks = new Map<TaskQueue, Marks>();
  #running: Promise<void> | null = null;

  constructor(options: ReconcilerOptions) {
    this.#options = { onLost: () => undefined, onTrouble: () => undefined, ...options };
  }

  /**
   * Takes note of a delivery: what was published before it has left the queue, unless it comes for a second time, or from a clock
   * that is ahead.
   */
  saw(queue: TaskQueue, { redelivered, timestamp, priority }: SeenMessage): void {
    if (redelivered || typeof timestamp !== 'number' || !(timestamp * 1000 <= Date.now() + aheadMs)) return;
    const marks = this.#marks.get(queue) ?? { ordinary: 0, overtaking: 0 };
    const line = typeof priority === 'number' && priority >= overtakingPriority ? 'overtaking' : 'ordinary';
    marks[line] = Math.max(marks[line], timestamp * 1000);
    this.#marks.set(queue, marks);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Finishes the look under way and stops. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  /** Says what this process holds, and makes due what nobody holds any more. Errors of database and broker are passed on. */
  async look(): Promise<void> {
    await this.#renew();
    for (const queue of this.#options.queues) if (queue.subscribed()) await this.#findLost(queue);
  }

  async #renew(): Promise<void> {
    const { database, held, silenceSeconds } = this.#options;
    const longAgo = performance.now() - (silenceSeconds * 1000) / looksPerSilence;
    const ids = [...held()].filter(([, since]) => since < longAgo).map(([id]) => id);
    for (let from = 0; from < ids.length; from += rowsPerTransaction)
      await database.transaction((db) => renewHeld(db, ids.slice(from, from + rowsPerTransaction)));
  }

  async #findLost({ queue, waiting }: WatchedQueue): Promise<void> {
    const { database, silenceSeconds, onLost } = this.#options;
    const empty = (await waiting()) === 0;
    const marks = this.#marks.get(queue) ?? { ordinary: 0, overtaking: 0 };
    for (const [line, mark] of Object.entries(marks) as [keyof Marks, number][]) {
      if (!empty && mark === 0) continue;
      const outBefore = empty ? null : new Date(mark);
      const loss = { queue, overtaking: line === 'overtaking', outBefore, silenceSeconds };
      for (let count = rowsPerTransaction; count === rowsPerTransaction;) {
        count = await database.transaction((db) => makeLostDue(db, loss, rowsPerTransaction));
        if (count > 0) onLost(queue, count);
      }
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    const { mayRun, onTrouble, silenceSeconds } = this.#options;
    const pauseMs = (silenceSeconds * 1000) / looksPerSilence;
    for (;;) {
      await sleep(pauseMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      if (!mayRun()) continue;
      try {
        await this.look();
      } catch (error) {
        onTrouble(error);
      }
    }
  }
}
