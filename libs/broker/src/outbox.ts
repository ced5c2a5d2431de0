/**
 * Publishes committed tasks at once, and takes note of what RabbitMQ has confirmed.
 *
 * ```
 *   commit --> dispatch(tasks) --> publish each --confirmed--> noted --(a second later, together)--> publish_at = NULL
 *                                       |
 *                                       +--anything else--> nothing: the row stays due, and the relay publishes it
 * ```
 */
import { type Database, markConfirmed, type QueuedTask } from '@sorting-office/db';
import { enqueuedCounter, outsideOfSpans } from '@sorting-office/telemetry';
import { encodeTask } from './task-message';
import type { Publisher } from './publisher';

export interface OutboxOptions {
  database: Pick<Database, 'transaction'>;
  publisher: Publisher;
  /** How long confirmed tasks are gathered before they are marked, in milliseconds: many have ended by then and need nothing. */
  gatherMs?: number;
  /** Told of each task that is left to the relay, and why. */
  onLeft?: (task: QueuedTask, error: unknown) => void;
  onTrouble?: (error: unknown) => void;
}

/** Tasks marked with one pair of statements. */
const batchSize = 500;

export class Outbox {
  readonly #options: Required<OutboxOptions>;
  readonly #countEnqueued = enqueuedCounter();
  readonly #underWay = new Set<Promise<void>>();
  #confirmed: { id: string; attempt: number; losses: number }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor({
    database,
    publisher,
    gatherMs = 1000,
    onLeft = () => undefined,
    onTrouble = () => undefined,
  }: OutboxOptions) {
    this.#options = { database, publisher, gatherMs, onLeft, onTrouble };
  }

  /**
   * Publishes tasks that have been committed. Returns at once; what fails is the relay's.
   *
   * @param delayed what was inserted in the same commit and is to be published later, by the relay: it only counts.
   */
  dispatch(tasks: readonly QueuedTask[], delayed: readonly Pick<QueuedTask, 'name' | 'queue'>[] = []): void {
    this.#countEnqueued(tasks.filter(({ attempt }) => attempt === 1));
    this.#countEnqueued(delayed);
    if (tasks.length === 0) return;
    const publishing = this.#publishAll(tasks).finally(() => this.#underWay.delete(publishing));
    this.#underWay.add(publishing);
  }

  /** Waits for the publishes under way and marks what they confirmed. */
  async close(): Promise<void> {
    await Promise.all(this.#underWay);
    await this.#mark();
  }

  async #publishAll(tasks: readonly QueuedTask[]): Promise<void> {
    const underWay: Promise<void>[] = [];
    for (const task of tasks) {
      // A message that has been encoded and waits would be garbage that outlives the young generation.
      await this.#options.publisher.whenRoom();
      underWay.push(this.#publish(task));
    }
    await Promise.all(underWay);
  }

  async #publish(task: QueuedTask): Promise<void> {
    const { losses } = this.#options.publisher;
    try {
      await this.#options.publisher.publish(encodeTask(task));
    } catch (error) {
      this.#options.onLeft(task, error);
      return;
    }
    this.#confirmed.push({ id: task.id, attempt: task.attempt, losses });
    // Marked together with what others have enqueued: it is not part of any one's trace.
    this.#timer ??= outsideOfSpans(() => setTimeout(() => void this.#mark(), this.#options.gatherMs));
  }

  async #mark(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { database, publisher, onTrouble } = this.#options;
    // What the connection's loss has put in doubt stays due: had RabbitMQ lost it, nobody would publish it again.
    const confirmed = this.#confirmed.filter(({ losses }) => losses === publisher.losses);
    this.#confirmed = [];
    for (let from = 0; from < confirmed.length; from += batchSize) {
      try {
        await database.transaction((db) => markConfirmed(db, confirmed.slice(from, from + batchSize)));
      } catch (error) {
        // Unmarked, they are published once more, and the second message finds its task ended or held.
        onTrouble(error);
      }
    }
  }
}
