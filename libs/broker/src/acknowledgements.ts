import type { Channel, ConsumeMessage } from 'amqplib';

export interface AcknowledgementsOptions {
  /** How long the first waits for others, in milliseconds. */
  gatherMs?: number;
  /** So many wait for no others. */
  most: number;
}

/**
 * The acknowledgements of one channel, sent together: a frame, a write and a step of the queue's log for each would cost RabbitMQ and us more
 * than a light task does. Sent later, they are only those of more messages that come again should we die: their tasks have ended.
 *
 * ```
 *   ack --> gathered --5 ms after the first, or enough of them--> one frame for all messages before which none is held,
 *                                                                one each for those that have overtaken others
 * ```
 */
export class Acknowledgements {
  readonly #channel: Channel;
  readonly #gatherMs: number;
  readonly #most: number;
  readonly #gathered = new Map<number, ConsumeMessage>();
  /** Settled already, and later than one that is held. */
  readonly #ahead = new Set<number>();
  /** Up to here every message has been settled; RabbitMQ counts the deliveries of a channel from 1. */
  #settled = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(channel: Channel, { gatherMs = 5, most }: AcknowledgementsOptions) {
    this.#channel = channel;
    this.#gatherMs = gatherMs;
    this.#most = most;
  }

  ack(message: ConsumeMessage): void {
    this.#gathered.set(message.fields.deliveryTag, message);
    if (this.#gathered.size >= this.#most) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#gatherMs);
  }

  requeue(message: ConsumeMessage): void {
    this.#ahead.add(message.fields.deliveryTag);
    this.#send(() => this.#channel.nack(message, false, true));
  }

  /** Sends what is gathered. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    let last: ConsumeMessage | undefined;
    for (;;) {
      const next = this.#settled + 1;
      const message = this.#gathered.get(next);
      if (!message && !this.#ahead.has(next)) break;
      last = message ?? last;
      this.#gathered.delete(next);
      this.#ahead.delete(next);
      this.#settled = next;
    }
    const overtaking = [...this.#gathered.values()];
    this.#gathered.clear();
    for (const { fields } of overtaking) this.#ahead.add(fields.deliveryTag);
    this.#send(() => {
      if (last) this.#channel.ack(last, true);
      for (const message of overtaking) this.#channel.ack(message);
    });
  }

  #send(settle: () => void): void {
    try {
      settle();
    } catch (error) {
      // The channel has just closed and has not said so yet: RabbitMQ delivers the messages again.
      if (!(error instanceof Error && error.name === 'IllegalOperationError')) throw error;
    }
  }
}
