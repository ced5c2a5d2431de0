/**
 * Takes the messages of the worker's queues: holds a few more than run, so that RabbitMQ is never waited for, runs so many of each
 * queue at a time, and knows which ones it holds.
 *
 * ```
 *   delivery --> held --> its turn, the most urgent first --> handled --> settled, let go
 *                           \--no longer taking--> handed back
 * ```
 */
import { type BrokerConnection, Consumer, type Delivery, queueName, type SeenMessage } from '@sorting-office/broker';
import type { TaskQueue } from '@sorting-office/db';
import type { Logger } from '@sorting-office/telemetry';
import PQueue from 'p-queue';

/** Messages held for each one that runs: quorum queues free a slot only once they have worked off its acknowledgement. */
const prefetchFactor = 4;

export interface IntakeOptions {
  connection: BrokerConnection;
  /** Which queues to take from, and how many tasks of each run at a time. */
  queues: readonly { queue: TaskQueue; concurrency: number }[];
  /** Who takes, as `host/pid`: part of the consumers' tags. */
  name: string;
  /** Makes sure that the queues exist. */
  declare: () => Promise<void>;
  /** Handles one delivery to its end. */
  handle: (queue: string, delivery: Delivery) => Promise<void>;
  log: Logger;
}

export interface TakingQueue {
  readonly queue: TaskQueue;
  readonly consumer: Consumer;
}

export class Intake {
  readonly queues: readonly TakingQueue[];
  readonly #handle: IntakeOptions['handle'];
  readonly #log: Logger;
  readonly #inHand = new Set<Promise<void>>();
  readonly #held = new Map<string, number>();
  #onSeen: (queue: TaskQueue, message: SeenMessage) => void = () => undefined;
  #lastDelivery = performance.now();
  #taking = true;

  constructor(options: IntakeOptions) {
    this.#handle = options.handle;
    this.#log = options.log;
    this.queues = options.queues.map(({ queue, concurrency }) => ({
      queue,
      consumer: this.#consumer(queue, concurrency, options),
    }));
  }

  /** The tasks whose messages are held, with since when (`performance.now()`). */
  get held(): ReadonlyMap<string, number> {
    return this.#held;
  }

  /** Messages that are held. */
  get count(): number {
    return this.#inHand.size;
  }

  /** Milliseconds since a message came. */
  get silentMs(): number {
    return performance.now() - this.#lastDelivery;
  }

  /** Calls back at every delivery. */
  onSeen(listener: (queue: TaskQueue, message: SeenMessage) => void): void {
    this.#onSeen = listener;
  }

  /** Resolves once messages of every queue arrive. Rejects when the signal aborts first. */
  async subscribed(signal: AbortSignal): Promise<void> {
    await Promise.all(this.queues.map(({ consumer }) => consumer.whenSubscribed(true, signal)));
  }

  /** Which queues no messages come from, in words; empty when all is well. */
  unsubscribed(): string[] {
    return this.queues
      .filter(({ consumer }) => !consumer.subscribed)
      .map(({ consumer }) => `not subscribed to ${consumer.queue}`);
  }

  /** Messages that wait in each queue. Rejects when RabbitMQ does not say. */
  waiting(): Promise<{ queue: string; count: number }[]> {
    return Promise.all(
      this.queues.map(async ({ consumer }) => ({ queue: consumer.queue, count: await consumer.waiting() })),
    );
  }

  /** Takes nothing more; what is held and has not begun is handed back. */
  async stop(): Promise<void> {
    this.#taking = false;
    await Promise.all(this.queues.map(({ consumer }) => consumer.stop()));
  }

  /** Resolves when everything that is held has been settled. After stop. */
  async settled(): Promise<void> {
    await Promise.all(this.#inHand);
  }

  /** Closes the channels, once what was settled on them has been sent. */
  async close(): Promise<void> {
    await Promise.all(this.queues.map(({ consumer }) => consumer.close()));
  }

  #consumer(queue: TaskQueue, concurrency: number, { connection, name, declare }: IntakeOptions): Consumer {
    // RabbitMQ 4 hands out the urgent ones first, 3.10 does not, and neither knows what is held already.
    const turns = new PQueue({ concurrency });
    return new Consumer({
      connection,
      queue: queueName(queue),
      tag: `worker ${name} ${queue}`,
      prefetch: concurrency * prefetchFactor,
      declare,
      onDelivery: (delivery) => this.#take(queue, delivery, turns),
      onTrouble: (error) => this.#log.warn({ queue, reason: error.message }, 'the subscription was in trouble'),
    });
  }

  #take(queue: TaskQueue, delivery: Delivery, turns: PQueue): void {
    const properties: Record<string, unknown> = { ...delivery.message.properties };
    const { messageId, timestamp, priority } = properties;
    this.#lastDelivery = performance.now();
    this.#onSeen(queue, { redelivered: delivery.redelivered, timestamp, priority });
    const [id] = /^[0-9a-f-]{36}(?=\/)/.exec(String(messageId)) ?? [];
    if (id !== undefined) this.#held.set(id, this.#lastDelivery);
    const handle = async () => {
      if (this.#taking) await this.#handle(queueName(queue), delivery);
      else delivery.requeue();
    };
    const handling = turns
      .add(handle, { priority: typeof priority === 'number' ? priority : 0 })
      .catch((error: unknown) => this.#log.error({ err: error, queue }, 'a message was not handled; RabbitMQ keeps it'))
      .finally(() => {
        this.#inHand.delete(handling);
        if (id !== undefined) this.#held.delete(id);
      });
    this.#inHand.add(handling);
  }
}
