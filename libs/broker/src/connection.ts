/**
 * One named connection to RabbitMQ that comes back by itself.
 *
 * ```
 *   connecting --> connected --> lost --(backoff with jitter)--> connecting
 *                      |
 *                      +--close()--> closed
 * ```
 */
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Channel, type ChannelModel, type ConfirmChannel, connect, type RecoveringChannelModel } from 'amqplib';
import { BrokerError } from './errors';
import { type BrokerServer, explainTls, tlsOptions, tlsProblem } from './server/tls';

export interface BrokerConnectionOptions extends BrokerServer {
  /** What the management console calls the connection. */
  name: string;
  /** Told of every loss and every failure to connect, with the reason. */
  onTrouble?: (error: Error) => void;
}

/** Seconds between heartbeats: a peer that vanished without a word is noticed after about two of them. */
const heartbeatSeconds = 10;
/** How long a server may take to say goodbye. */
const goodbyeMs = 5000;

export class BrokerConnection {
  readonly name: string;
  readonly #model: RecoveringChannelModel;
  readonly #events = new EventEmitter().setMaxListeners(0);
  #live: ChannelModel | null = null;
  #trouble: string | null = 'not connected yet';
  #blocked: string | null = null;

  private constructor(
    { name, onTrouble = () => undefined, ...server }: BrokerConnectionOptions,
    model: RecoveringChannelModel,
  ) {
    this.name = name;
    this.#model = model;
    const trouble = (error: Error) => {
      this.#live = null;
      this.#blocked = null;
      this.#trouble = error.message;
      onTrouble(error);
    };
    model
      .on('connect', (live) => {
        this.#live = live;
        this.#trouble = null;
        this.#events.emit('connected');
      })
      .on('disconnect', (error) => {
        trouble(error);
        this.#events.emit('lost');
      })
      .on('connect-failed', (error) => trouble(explainTls(server, error)))
      .on('error', () => {
        // The loss that follows says the same.
      })
      .on('blocked', (reason) => {
        this.#blocked = reason;
        onTrouble(new Error(`RabbitMQ has stopped taking messages: ${reason}`));
      })
      .on('unblocked', () => {
        this.#blocked = null;
        this.#events.emit('unblocked');
      });
  }

  /**
   * Begins to connect and returns at once.
   *
   * @throws TypeError for a server that cannot be spoken to in that way
   */
  static async open(options: BrokerConnectionOptions): Promise<BrokerConnection> {
    const { url, name } = options;
    const problem = tlsProblem(options);
    if (problem !== null) throw new TypeError(`AMQP_URL: ${problem}`);
    const address = new URL(url);
    address.searchParams.set('heartbeat', String(heartbeatSeconds));
    const model = await connect(address.href, {
      ...tlsOptions(options),
      noDelay: true,
      keepAlive: true,
      timeout: 10_000,
      clientProperties: { connection_name: name, product: 'Sorting Office' },
      recovery: { waitForConnect: false, initialDelay: 200, maxDelay: 5000, jitter: 0.5 },
    });
    return new BrokerConnection(options, model);
  }

  /** Why there is no connection; null while there is one. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Why RabbitMQ takes no messages at the moment (memory, disk); null while it does. */
  get blocked(): string | null {
    return this.#blocked;
  }

  /** Calls back at every (re)connection, and at once when connected already. */
  onConnected(listener: () => void): void {
    this.#events.on('connected', listener);
    if (this.#live) listener();
  }

  /** Calls back at every loss. */
  onLost(listener: () => void): void {
    this.#events.on('lost', listener);
  }

  /** Resolves at once when connected, else at the next connection. Rejects when the signal aborts first. */
  async connected(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!this.#live) await once(this.#events, 'connected', { signal });
  }

  /** @throws BrokerError BROKER_NOT_CONNECTED */
  async createChannel(): Promise<Channel> {
    return withErrorsHeard(await this.#connectedModel().createChannel());
  }

  /** @throws BrokerError BROKER_NOT_CONNECTED */
  async createConfirmChannel(): Promise<ConfirmChannel> {
    return withErrorsHeard(await this.#connectedModel().createConfirmChannel());
  }

  /** What the server says of itself (`product`, `version`); null while there is no connection. */
  get serverProperties(): Record<string, unknown> | null {
    return this.#live ? { ...this.#live.connection.serverProperties } : null;
  }

  /** Closes for good. Close the channels first, so that no acknowledgement is lost. */
  async close(): Promise<void> {
    this.#live = null;
    this.#trouble = 'closed';
    // amqplib waits for ever for the goodbye of a server that goes first.
    await Promise.race([this.#model.close(), sleep(goodbyeMs, undefined, { ref: false })]);
  }

  #connectedModel(): ChannelModel {
    if (!this.#live)
      throw new BrokerError('BROKER_NOT_CONNECTED', `${this.name} is not connected: ${this.#trouble ?? 'closed'}`);
    return this.#live;
  }
}

/** An error of a channel that nobody hears takes the whole connection with it; the call that failed says the same by rejecting. */
function withErrorsHeard<C extends Channel>(channel: C): C {
  channel.on('error', () => undefined);
  return channel;
}
