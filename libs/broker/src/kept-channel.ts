/**
 * One channel that is there for as long as its connection is.
 *
 * ```
 *   waiting --connected--> opening --> open --channel closed on a living connection--> (a pause) --> opening
 *      ^                      |          |
 *      +----connection lost---+----------+
 * ```
 */
import { EventEmitter, once } from 'node:events';
import type { Channel } from 'amqplib';
import { closeChannel } from './close-channel';
import type { BrokerConnection } from './connection';

export interface KeptChannelOptions {
  connection: BrokerConnection;
  /** Makes a new channel ready for use. */
  prepare: (channel: Channel) => Promise<void>;
  onTrouble: (error: Error) => void;
}

const reopenMs = 500;

export class KeptChannel {
  readonly #options: KeptChannelOptions;
  readonly #openings = new EventEmitter().setMaxListeners(0);
  #channel: Channel | null = null;
  #closed = false;
  #reopening: NodeJS.Timeout | null = null;

  constructor(options: KeptChannelOptions) {
    this.#options = options;
    options.connection.onConnected(() => void this.#open());
    options.connection.onLost(() => {
      this.#channel = null;
    });
  }

  /** The channel, or null while there is none. */
  get channel(): Channel | null {
    return this.#channel;
  }

  /** Resolves once there is a channel. Rejects when the signal aborts first. */
  async whenOpen(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    while (!this.#channel) await once(this.#openings, 'open', { signal });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#reopening) clearTimeout(this.#reopening);
    if (this.#channel) await closeChannel(this.#channel);
  }

  async #open(): Promise<void> {
    this.#reopening = null;
    const { connection, prepare, onTrouble } = this.#options;
    if (this.#closed || connection.trouble !== null) return;
    try {
      const channel = await connection.createChannel();
      channel.on('error', onTrouble);
      await prepare(channel);
      this.#channel = channel;
      channel.on('close', () => this.#reopen());
      this.#openings.emit('open');
    } catch (error) {
      onTrouble(error instanceof Error ? error : new Error(String(error)));
      this.#reopen();
    }
  }

  #reopen(): void {
    this.#channel = null;
    if (this.#closed || this.#options.connection.trouble !== null) return;
    this.#reopening ??= setTimeout(() => void this.#open(), reopenMs);
  }
}
