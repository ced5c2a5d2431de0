/**
 * Publishes every task whose time has come: retries, delays, and whatever a process that died had committed and not published.
 *
 * ```
 *   BEGIN -> lock what is due, passing over what others hold -> publish, await the confirms -> publish_at = NULL -> COMMIT
 *     ^                                                                                                              |
 *     +---- at once while there was more than one batch, else about a second later ---------------------------------+
 * ```
 *
 * Any number of relays work side by side. One that dies holds nothing: its rows are due again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, markTaken, takeDueTasks } from '@sorting-office/db';
import type { Publisher } from './publisher';
import { encodeTask } from './task-message';

export interface RelayOptions {
  database: Database;
  publisher: Publisher;
  /** Whether to work at all: false while the database is not to be touched. */
  mayRun: () => boolean;
  /** Tasks published in one transaction. */
  batchSize?: number;
  /** The mean pause when nothing more is due, in milliseconds. */
  pauseMs?: number;
  onPublished?: (count: number) => void;
  onTrouble?: (error: unknown) => void;
}

export class Relay {
  readonly #options: Required<RelayOptions>;
  readonly #stopped = new AbortController();
  #running: Promise<void> | null = null;

  constructor(options: RelayOptions) {
    this.#options = {
      batchSize: 200,
      pauseMs: 1000,
      onPublished: () => undefined,
      onTrouble: () => undefined,
      ...options,
    };
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Finishes the batch under way and stops. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  /** Publishes one batch of what is due. @returns whether there may be more. Errors of the database are passed on. */
  async publishDue(): Promise<boolean> {
    const { database, publisher, batchSize, onPublished, onTrouble } = this.#options;
    return database.transaction(async (db) => {
      const due = await takeDueTasks(db, batchSize);
      const outcomes = await Promise.allSettled(due.map((task) => publisher.publish(encodeTask(task))));
      const published = due.filter((_task, index) => outcomes[index]?.status === 'fulfilled');
      await markTaken(db, published);
      if (published.length > 0) onPublished(published.length);
      const refused = outcomes.find((outcome) => outcome.status === 'rejected');
      if (refused) onTrouble(refused.reason);
      return refused === undefined && due.length === batchSize;
    });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    const { mayRun, publisher, pauseMs, onTrouble } = this.#options;
    while (!signal.aborted) {
      let more = false;
      try {
        if (mayRun() && publisher.ready) more = await this.publishDue();
      } catch (error) {
        onTrouble(error);
      }
      if (!more) await sleep(pauseMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    }
  }
}
