import { countCrash, type QueuedTask, uncountCrash } from '@sorting-office/db';
import { endCrashingTask } from './end-attempt';
import type { Settled } from './handle-message';
import type { MessageHandlerParts } from './parts';

/**
 * Counts how often a worker may have died of a task: once for each message that was delivered before, right before its task runs
 * again, in a commit of its own so that the count survives should it happen again.
 *
 * While somebody still holds the task, counting waits like any other conflict: who holds it is alive.
 */
export class CrashGuard {
  readonly #parts: MessageHandlerParts;
  readonly #task: QueuedTask;
  #due: boolean;
  #counted = false;

  constructor(parts: MessageHandlerParts, task: QueuedTask, redelivered: boolean) {
    this.#parts = parts;
    this.#task = task;
    this.#due = redelivered;
  }

  /** Null: go on. Else the end of the task: it has ended meanwhile, or has taken too many workers down with it. */
  async check(): Promise<Settled | null> {
    if (!this.#due) return null;
    const crashes = await this.#parts.database.transaction((db) => countCrash(db, this.#task));
    if (crashes === null) {
      // Ended, superseded or never there: the attempt itself finds out which.
      this.#due = false;
      return null;
    }
    if (crashes > this.#parts.maxCrashes) return endCrashingTask(this.#parts, this.#task, crashes);
    this.#due = false;
    this.#counted = true;
    return null;
  }

  /**
   * Takes the count back: the attempt has ended, or the worker gives the task up, in good order. A message that was only handed
   * back by a worker that stopped comes redelivered too, and leaves no count behind. One more commit, of suspects alone.
   */
  async takeBack(): Promise<void> {
    if (!this.#counted) return;
    this.#counted = false;
    try {
      await this.#parts.database.transaction((db) => uncountCrash(db, this.#task));
    } catch (error) {
      // Stopping goes first: at worst the task has one chance less.
      this.#parts.log.warn({ taskId: this.#task.id, err: error }, 'a crash stays counted that was none');
    }
  }
}
