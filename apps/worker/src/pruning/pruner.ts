/**
 * Takes away what has ended long ago, so that tables do not grow for ever: batches first, then the tasks that no batch needs any more.
 *
 * ```
 *   every 20 minutes or so:
 *     BEGIN -> look at the next 500 batches -> delete those that are over -> COMMIT -> rest, four times as long ... until there are none
 *     BEGIN -> look at the next 500 tasks -> delete those that nothing needs -> COMMIT -> rest, four times as long ... until there are none
 * ```
 *
 * Any number of pruners work side by side: what one holds, the others pass over. One that dies has done whole parts, and leaves
 * nothing that the next round would not find. It never uses more than a fifth of one connection's time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, type KeepTime, pruneBatches, pruneTasks } from '@sorting-office/db';

/** How many rows a round has deleted. */
export interface Pruned {
  batches: number;
  tasks: number;
}

export interface PrunerOptions {
  database: Database;
  /** Null: everything is kept for ever. */
  keep: KeepTime | null;
  /** Whether to work at all: false while the database is not to be touched. */
  mayRun: () => boolean;
  /** Rows looked at in one transaction. */
  partSize?: number;
  /** The mean pause between rounds, in milliseconds. */
  pauseMs?: number;
  /** Told of each round that has deleted anything, also of one that came to no good end. */
  onPruned?: (pruned: Pruned) => void;
  onTrouble?: (error: unknown) => void;
}

/** How long to rest after a part, as a multiple of the time that it took. */
const restFactor = 4;

export class Pruner {
  readonly #options: Required<PrunerOptions>;
  readonly #stopped = new AbortController();
  #running: Promise<void> | null = null;

  constructor(options: PrunerOptions) {
    this.#options = {
      partSize: 500,
      pauseMs: 20 * 60 * 1000,
      onPruned: () => undefined,
      onTrouble: () => undefined,
      ...options,
    };
  }

  start(): void {
    const { keep } = this.#options;
    if (keep) this.#running ??= this.#run(keep);
  }

  /** Finishes the part under way and stops. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  /** Makes one round. Errors of the database are passed on, once it has been told what was deleted before them. */
  async prune(keep: KeepTime): Promise<void> {
    const pruned: Pruned = { batches: 0, tasks: 0 };
    try {
      await this.#goThrough(pruneBatches, keep, (count) => (pruned.batches += count));
      await this.#goThrough(pruneTasks, keep, (count) => (pruned.tasks += count));
    } finally {
      if (pruned.batches + pruned.tasks > 0) this.#options.onPruned(pruned);
    }
  }

  async #goThrough(prunePart: typeof pruneTasks, keep: KeepTime, onDeleted: (count: number) => void): Promise<void> {
    const { database, mayRun, partSize } = this.#options;
    let after: string | null = '';
    while (after !== null && mayRun() && !this.#stopped.signal.aborted) {
      const place: { after: string; limit: number } = { after, limit: partSize };
      const began = performance.now();
      const { pruned, last } = await database.transaction((db) => prunePart(db, keep, place));
      onDeleted(pruned);
      after = last;
      if (after !== null) await this.#pause((performance.now() - began) * restFactor);
    }
  }

  async #run(keep: KeepTime): Promise<void> {
    const { pauseMs, onTrouble } = this.#options;
    while (!this.#stopped.signal.aborted) {
      try {
        await this.prune(keep);
      } catch (error) {
        onTrouble(error);
      }
      await this.#pause(pauseMs * (0.5 + Math.random()));
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }
}
