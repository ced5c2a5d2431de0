/**
 * Publishes messages and knows what became of each: one promise for every confirm.
 *
 * ```
 *   publish() --> room? (bounded number under way; the socket's own brake) --> sent --> confirmed: resolves
 *      |                                                                        |
 *      |                                                                        +--> returned:  MESSAGE_UNROUTABLE
 *      |                                                                        +--> refused:   MESSAGE_REFUSED
 *      |                                                                        +--> channel or connection gone, or silence,
 *      |                                                                             after which another channel is opened:
 *      |                                                                             MESSAGE_UNCONFIRMED, it may be there or not
 *      +--> no connection: BROKER_NOT_CONNECTED
 *      +--> RabbitMQ short of memory or disk: BROKER_BLOCKED
 * ```
 */
import { EventEmitter, once } from 'node:events';
import { type Attributes, type Carrier, currentTraceContext, inSpan } from '@sorting-office/telemetry';
import type { ConfirmChannel, Options } from 'amqplib';
import { closeChannel } from './close-channel';
import type { BrokerConnection } from './connection';
import { BrokerError } from './errors';

export interface OutgoingMessage {
  exchange: string;
  routingKey: string;
  content: Buffer;
  options: Options.Publish & { messageId: string };
}

export interface PublisherOptions {
  connection: BrokerConnection;
  /** Messages that may be unconfirmed at a time. */
  maxUnconfirmed?: number;
  /** How long a confirm may take, in milliseconds. */
  confirmMs?: number;
  onTrouble?: (error: Error) => void;
  /** Told of each message that has been written to the connection and not been confirmed yet. */
  onSent?: (message: OutgoingMessage) => void;
}

/** What a channel has returned is its own: its confirms may still come when another one has taken its place. */
interface OpenChannel {
  readonly confirming: ConfirmChannel;
  /** Why messages came back, by their ids, until their confirms. */
  readonly returned: Map<string, string>;
}

export class Publisher {
  readonly #options: Required<PublisherOptions>;
  readonly #opened = new EventEmitter().setMaxListeners(0);
  /** Who waits for room, the longest first: each confirm lets one go on, as a thousand that look together would let each other wait. */
  #waiting: (() => void)[] = [];
  #channel: OpenChannel | null = null;
  #opening: Promise<void> | null = null;
  #closed = false;
  #unconfirmed = 0;
  #losses = 0;
  #full = false;

  constructor({
    connection,
    maxUnconfirmed = 1000,
    confirmMs = 15_000,
    onTrouble = () => undefined,
    onSent = () => undefined,
  }: PublisherOptions) {
    this.#options = { connection, maxUnconfirmed, confirmMs, onTrouble, onSent };
    connection.onConnected(() => this.#open());
    connection.onLost(() => {
      this.#losses++;
      this.#forget();
    });
  }

  /** Whether there is a channel to publish on. */
  get open(): boolean {
    return this.#channel !== null;
  }

  /** Whether a message published now would go out. */
  get ready(): boolean {
    return this.#channel !== null && this.#options.connection.blocked === null;
  }

  /** How often the connection was lost: a RabbitMQ that comes back may have lost what it had confirmed before. */
  get losses(): number {
    return this.#losses;
  }

  /** Resolves once a message would go out. Rejects when the signal aborts first. */
  async whenReady(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    while (!this.#channel) await once(this.#opened, 'open', { signal });
  }

  /** Resolves once one more message would not wait, be it that nobody takes it: whoever has many begins each by then, and holds less. */
  async whenRoom(): Promise<void> {
    while (this.#crowded) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Publishes one message, in a span that continues the trace which the message's headers name; who receives it continues that span.
   * Resolves once RabbitMQ has taken responsibility for it.
   *
   * @throws BrokerError, as drawn above.
   */
  publish(message: OutgoingMessage): Promise<void> {
    const destination = destinationOf(message);
    const parent = carrierOf(message.options.headers);
    return inSpan(`send ${destination}`, { kind: 'producer', parent, attributes: () => attributesOf(message) }, () =>
      this.#send(message),
    );
  }

  async #send(message: OutgoingMessage): Promise<void> {
    if (this.#crowded) await this.whenRoom();
    const { connection, confirmMs, onSent } = this.#options;
    const channel = this.#channel;
    if (!channel) {
      throw new BrokerError(
        'BROKER_NOT_CONNECTED',
        `cannot publish: ${connection.trouble ?? 'the channel is being opened'}`,
      );
    }
    // What is written now would sit in this process until RabbitMQ reads again; in the outbox it is safe.
    if (connection.blocked !== null) {
      // Those who wait for room are told the same: no confirm of this one will let the next of them go on.
      this.#letAllGoOn();
      throw new BrokerError('BROKER_BLOCKED', `RabbitMQ takes no messages: ${connection.blocked}`);
    }
    const { exchange, routingKey, content, options } = message;
    const sender = currentTraceContext();
    this.#unconfirmed++;
    let silence: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        silence = setTimeout(() => {
          reject(new BrokerError('MESSAGE_UNCONFIRMED', `${options.messageId}: no confirm within ${confirmMs} ms`));
          this.#giveUp(channel);
        }, confirmMs);
        this.#full = !channel.confirming.publish(
          exchange,
          routingKey,
          content,
          {
            ...options,
            ...(sender && { headers: { ...(options.headers as Record<string, unknown> | undefined), ...sender } }),
            mandatory: true,
          },
          (error: unknown) => {
            const returned = channel.returned.get(options.messageId);
            channel.returned.delete(options.messageId);
            if (error) reject(failureOf(options.messageId, error));
            else if (returned) reject(new BrokerError('MESSAGE_UNROUTABLE', `${options.messageId}: ${returned}`));
            else resolve();
          },
        );
        onSent(message);
      });
    } finally {
      clearTimeout(silence);
      this.#unconfirmed--;
      this.#waiting.shift()?.();
    }
  }

  /** Waits for the confirms under way and closes the channel. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#opening;
    const channel = this.#channel;
    this.#forget();
    if (!channel) return;
    await channel.confirming.waitForConfirms().catch(() => {
      // Each publish has been told of its own fate.
    });
    await closeChannel(channel.confirming);
  }

  #open(): void {
    if (this.#closed) return;
    this.#opening ??= this.#openChannel().finally(() => {
      this.#opening = null;
    });
  }

  async #openChannel(): Promise<void> {
    const { connection, onTrouble } = this.#options;
    try {
      const confirming = await connection.createConfirmChannel();
      const channel: OpenChannel = { confirming, returned: new Map() };
      confirming
        .on('return', ({ fields, properties }) => {
          channel.returned.set(
            String(properties.messageId),
            (fields as { replyText?: string }).replyText ?? 'returned',
          );
        })
        .on('drain', () => {
          this.#full = false;
          this.#letAllGoOn();
        })
        .on('error', onTrouble)
        .on('close', () => {
          if (this.#channel !== channel) return;
          this.#forget();
          // A channel that the server closed on a living connection; a lost connection opens one when it is back.
          if (connection.trouble === null) this.#open();
        });
      this.#channel = channel;
      this.#opened.emit('open');
    } catch (error) {
      // Lost again before the channel was open: the next connection opens one.
      onTrouble(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /**
   * A channel that is silent about one message may be so about every one that follows: RabbitMQ's end of it can have lost a queue's leader
   * (rabbitmq-server issue 10070). Another one starts with what is true by then.
   */
  #giveUp(channel: OpenChannel): void {
    if (this.#channel !== channel) return;
    this.#forget();
    void closeChannel(channel.confirming);
    this.#open();
  }

  #forget(): void {
    this.#channel = null;
    this.#full = false;
    this.#letAllGoOn();
  }

  /** Whether a message would have to wait for others. */
  get #crowded(): boolean {
    return this.#channel !== null && (this.#full || this.#unconfirmed >= this.#options.maxUnconfirmed);
  }

  /** Whoever finds no room waits again. */
  #letAllGoOn(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const goOn of waiting) goOn();
  }
}

const destinationOf = ({ exchange, routingKey }: OutgoingMessage) =>
  [exchange, routingKey].filter((part) => part !== '').join(':');

function attributesOf(message: OutgoingMessage): Attributes {
  const { routingKey, content, options } = message;
  const conversation: unknown = options.correlationId;
  return {
    'messaging.system': 'rabbitmq',
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.destination.name': destinationOf(message),
    'messaging.rabbitmq.destination.routing_key': routingKey,
    'messaging.message.id': options.messageId,
    'messaging.message.body.size': content.length,
    ...(typeof conversation === 'string' && { 'messaging.message.conversation_id': conversation }),
  };
}

/** The trace that a message is part of; null when it is of none. */
function carrierOf(headers: Options.Publish['headers']): Carrier | null {
  const { traceparent, tracestate } = (headers ?? {}) as Record<string, unknown>;
  if (typeof traceparent !== 'string') return null;
  return { traceparent, ...(typeof tracestate === 'string' && { tracestate }) };
}

/** amqplib tells a refusal from the end of the channel by its words alone. */
function failureOf(messageId: string, cause: unknown): BrokerError {
  return String(cause).includes('message nacked')
    ? new BrokerError('MESSAGE_REFUSED', `${messageId}: RabbitMQ refused it`, { cause })
    : new BrokerError('MESSAGE_UNCONFIRMED', `${messageId}: the channel closed before its confirm`, { cause });
}
