/**
 * A subscription to one queue that outlives its channel.
 *
 * ```
 *   waiting --connected--> subscribing --> subscribed --channel closed, cancelled by the server--> subscribing (after a pause)
 *      ^                                       |
 *      +-------------connection lost-----------+--stop()--> stopped: nothing new arrives; what is held can still be settled
 * ```
 *
 * Each channel is a generation of its own. A delivery is settled on the channel that brought it; once that is gone RabbitMQ
 * delivers the message again by itself, and settling the old delivery does nothing.
 */
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, ConsumeMessage } from 'amqplib';
import { Acknowledgements } from './acknowledgements';
import { closeChannel } from './close-channel';
import type { BrokerConnection } from './connection';

export interface Delivery {
  readonly message: ConsumeMessage;
  /** Whether it was delivered before, to anybody. */
  readonly redelivered: boolean;
  /** Done with it: RabbitMQ is told a moment later, together with others. */
  readonly ack: () => void;
  /** Hands it back to the queue. */
  readonly requeue: () => void;
}

export interface ConsumerOptions {
  connection: BrokerConnection;
  queue: string;
  /** What the management console calls the consumer. */
  tag: string;
  /** Messages that may be held at a time. */
  prefetch: number;
  /** Makes sure that the queue exists; before every subscription. */
  declare: () => Promise<void>;
  onDelivery: (delivery: Delivery) => void;
  onTrouble?: (error: Error) => void;
}

const resubscribeMs = 500;

export class Consumer {
  readonly #options: Required<ConsumerOptions>;
  readonly #stopped = new AbortController();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #channel: Channel | null = null;
  #acknowledgements: Acknowledgements | null = null;
  #subscribed = false;
  #subscribing: Promise<void> | null = null;

  constructor(options: ConsumerOptions) {
    this.#options = { onTrouble: () => undefined, ...options };
    options.connection.onConnected(() => this.#subscribe());
    options.connection.onLost(() => {
      this.#channel = null;
      this.#become(false);
    });
  }

  get queue(): string {
    return this.#options.queue;
  }

  /** Whether messages arrive, as far as this side can know. */
  get subscribed(): boolean {
    return this.#subscribed;
  }

  /** Resolves once messages arrive, or no longer do. Rejects when the signal aborts first. */
  async whenSubscribed(subscribed = true, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    while (this.#subscribed !== subscribed) await once(this.#changes, 'change', { signal });
  }

  /** Messages that wait in the queue, asked on the subscription's own channel. Rejects when there is none. */
  async waiting(): Promise<number> {
    if (!this.#channel) throw new Error(`not subscribed to ${this.#options.queue}`);
    return (await this.#channel.checkQueue(this.#options.queue)).messageCount;
  }

  /** Takes nothing more. Deliveries held can still be settled. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#subscribing;
    this.#become(false);
    await this.#channel?.cancel(this.#options.tag).catch(() => {
      // The channel went first, and the subscription with it.
    });
  }

  /** Closes the channel once what was settled on it has been sent. After stop. */
  async close(): Promise<void> {
    const channel = this.#channel;
    if (!channel) return;
    this.#acknowledgements?.flush();
    this.#channel = null;
    await closeChannel(channel);
  }

  #subscribe(): void {
    if (this.#stopped.signal.aborted) return;
    this.#subscribing ??= this.#subscribeUntilDone().finally(() => {
      this.#subscribing = null;
      // Connected anew while the former connection's attempt was still failing.
      if (!this.#subscribed && this.#options.connection.trouble === null) this.#subscribe();
    });
  }

  async #subscribeUntilDone(): Promise<void> {
    const { connection, onTrouble } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted && !this.#subscribed && connection.trouble === null) {
      try {
        await this.#subscribeOnce();
      } catch (error) {
        onTrouble(error instanceof Error ? error : new Error(String(error)));
        await sleep(resubscribeMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #subscribeOnce(): Promise<void> {
    const { connection, queue, tag, prefetch, declare, onDelivery, onTrouble } = this.#options;
    await declare();
    const channel = await connection.createChannel();
    const ended = () => {
      if (this.#channel !== channel) return;
      this.#channel = null;
      this.#become(false);
      this.#subscribe();
    };
    channel.on('error', onTrouble).on('close', ended);
    const acknowledgements = new Acknowledgements(channel, { most: Math.ceil(prefetch / 4) });
    this.#channel = channel;
    this.#acknowledgements = acknowledgements;
    await channel.prefetch(prefetch);
    await channel.consume(
      queue,
      (message) => {
        if (message) {
          onDelivery(bindDelivery(message, () => (this.#channel === channel ? acknowledgements : null)));
          return;
        }
        // The server has ended the subscription: the queue was deleted, or its leader is moving.
        onTrouble(new Error(`RabbitMQ cancelled the subscription to ${queue}`));
        acknowledgements.flush();
        void closeChannel(channel).then(ended);
      },
      { consumerTag: tag },
    );
    this.#become(this.#channel === channel);
  }

  #become(subscribed: boolean): void {
    this.#subscribed = subscribed;
    this.#changes.emit('change');
  }
}

function bindDelivery(message: ConsumeMessage, living: () => Acknowledgements | null): Delivery {
  return {
    message,
    redelivered: message.fields.redelivered,
    ack: () => living()?.ack(message),
    requeue: () => living()?.requeue(message),
  };
}
