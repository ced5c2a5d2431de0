/**
 * A look into `office.dead`, and what can be done with what lies there.
 *
 * ```
 *   one look at a time --> a channel of its own --> get, one after the other --> kept: handed back, all together, to where it was
 *                                                      |
 *                                                      +--requeue--> published to its queue, confirmed --> acknowledged
 *                                                      +--drop-----> acknowledged
 * ```
 *
 * Whoever dies in between has handed back what it held: at worst a letter is in its queue and still here, and a second message of
 * a task is harmless.
 */
import type { Channel, GetMessage } from 'amqplib';
import { closeChannel } from './close-channel';
import type { BrokerConnection } from './connection';
import { type DeadLetter, readDeadLetter } from './dead-letter';
import { renewedLetter, revivedMessage } from './dead-letters';
import { BrokerError } from './errors';
import type { Publisher } from './publisher';
import { deadQueue, declareDeadLetters } from './topology';

/** Which letters; what is absent fits all of them. */
export interface DeadLetterFilter {
  id?: string | undefined;
  /** The queue that they came from. */
  queue?: string | undefined;
  reasonContains?: string | undefined;
  /** Those that were put aside before: whoever goes on after a part leaves out what has come back meanwhile. */
  before?: Date | undefined;
}

export interface SortedOut {
  /** How many were requeued, or dropped. */
  done: number;
  /** Those that could not be, and are still here. */
  kept: { id: string; why: string }[];
  /** Whether there are more that the filter fits. */
  more: boolean;
}

export interface DeadLetterBoxOptions {
  connection: BrokerConnection;
  publisher: Publisher;
  /** How long one look may take, in milliseconds. */
  timeLimitMs?: number;
}

/** All of it throws BrokerError when RabbitMQ is away or does not answer. */
export class DeadLetterBox {
  readonly #options: Required<DeadLetterBoxOptions>;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ connection, publisher, timeLimitMs = 30_000 }: DeadLetterBoxOptions) {
    this.#options = { connection, publisher, timeLimitMs };
  }

  /** The letters at the head of the queue, the longest there first, and how many there are. */
  list(limit: number): Promise<{ items: DeadLetter[]; total: number }> {
    return this.#look(async (pass) => {
      const items: DeadLetter[] = [];
      for await (const message of pass.letters()) if (items.push(readDeadLetter(message)) === limit) break;
      return { items, total: pass.total };
    });
  }

  /** A letter, or null when there is none of this id. */
  find(id: string): Promise<DeadLetter | null> {
    return this.#look(async (pass) => {
      for await (const message of pass.letters()) {
        const letter = readDeadLetter(message);
        if (letter.id === id) return letter;
      }
      return null;
    });
  }

  /** Sends letters back to the queues that they came from, at most as many as the limit says. */
  requeue(filter: DeadLetterFilter, limit: number): Promise<SortedOut> {
    return this.#sortOut(filter, limit, (message) => this.#revive(message));
  }

  /** Throws letters away, at most as many as the limit says. */
  drop(filter: DeadLetterFilter, limit: number): Promise<SortedOut> {
    return this.#sortOut(filter, limit, () => Promise.resolve(null));
  }

  /** @param deal why the letter must be kept; null when it can go. */
  #sortOut(
    filter: DeadLetterFilter,
    limit: number,
    deal: (message: GetMessage) => Promise<string | null>,
  ): Promise<SortedOut> {
    return this.#look(async (pass) => {
      const sorted: SortedOut = { done: 0, kept: [], more: false };
      for await (const message of pass.letters()) {
        const letter = readDeadLetter(message);
        if (!fits(letter, filter)) continue;
        if (sorted.done === limit) return { ...sorted, more: true };
        const why = await deal(message);
        if (why !== null) sorted.kept.push({ id: letter.id, why });
        else {
          pass.ack(message);
          sorted.done++;
        }
        if (filter.id !== undefined) break;
      }
      return sorted;
    });
  }

  async #revive(message: GetMessage): Promise<string | null> {
    const { queue } = readDeadLetter(message);
    if (queue === null) return 'it does not say which queue it came from';
    const revived = revivedMessage(message);
    const gone = `there is no queue ${queue} any more`;
    if (!revived) return gone;
    try {
      await this.#options.publisher.publish(revived);
      return null;
    } catch (error) {
      if (error instanceof BrokerError && error.code === 'MESSAGE_UNROUTABLE') return gone;
      throw error;
    }
  }

  /** Looks with a channel of its own, once whoever looks already has finished. What is not acknowledged stays where it was. */
  #look<T>(work: (pass: Pass) => Promise<T>): Promise<T> {
    const looking = this.#last.then(() => this.#lookNow(work));
    this.#last = looking.catch(() => {
      // Told to who asked; the next one looks all the same.
    });
    return looking;
  }

  async #lookNow<T>(work: (pass: Pass) => Promise<T>): Promise<T> {
    const { connection, timeLimitMs } = this.#options;
    const open = () => connection.createChannel();
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new BrokerError('BROKER_SILENT', `no look at ${deadQueue} within ${timeLimitMs} ms`)),
      timeLimitMs,
    );
    try {
      const limited = await orAborted(declareDeadLetters(open), deadline.signal);
      const channel = await orAborted(open(), deadline.signal);
      try {
        return await orAborted(this.#pass(channel, limited, work), deadline.signal);
      } finally {
        // Also what is left after an error: a channel that closes gives back what it holds.
        await closeChannel(channel);
      }
    } catch (error) {
      throw error instanceof BrokerError
        ? error
        : new BrokerError('BROKER_NOT_CONNECTED', `${deadQueue} could not be looked at: ${String(error)}`, {
            cause: error,
          });
    } finally {
      clearTimeout(timer);
    }
  }

  async #pass<T>(channel: Channel, limited: boolean, work: (pass: Pass) => Promise<T>): Promise<T> {
    const pass = await Pass.begin(channel);
    const found = await work(pass);
    await pass.goOn();
    if (!limited) {
      for (const message of pass.worn()) {
        await this.#options.publisher.publish(renewedLetter(message));
        pass.ack(message);
      }
    }
    pass.handBack();
    return found;
  }
}

/**
 * Letters that are taken by every look, and so stay in their order: RabbitMQ puts what is handed back behind what was handed back
 * before. Where more than these lie, the order is not worth the time.
 */
const keptInOrder = 1000;

/** RabbitMQ 4 throws away what was delivered 20 times, where the queue was declared without a limit of ours. */
const wornAfter = 10;

/** One pass through the queue, from its head. */
class Pass {
  readonly #channel: Channel;
  readonly #worn = new Set<GetMessage>();
  #first: GetMessage | false;
  #taken = 0;

  private constructor(
    channel: Channel,
    first: GetMessage | false,
    /** How many there were at its begin: what comes meanwhile is for the next pass. */
    readonly total: number,
  ) {
    this.#channel = channel;
    this.#first = first;
  }

  static async begin(channel: Channel): Promise<Pass> {
    // Counting overtakes what the pass before has handed back; taking does not, and what is counted after it is right.
    const first = await channel.get(deadQueue);
    if (!first) return new Pass(channel, false, 0);
    return new Pass(channel, first, (await channel.checkQueue(deadQueue)).messageCount + 1);
  }

  /** The letters that have not been taken yet. */
  async *letters(): AsyncGenerator<GetMessage> {
    for (let message = await this.#take(); message; message = await this.#take()) yield message;
  }

  ack(message: GetMessage): void {
    this.#worn.delete(message);
    this.#channel.ack(message);
  }

  /** Takes the rest, for the sake of the order. */
  async goOn(): Promise<void> {
    while (this.#taken < keptInOrder && (await this.#take())) continue;
  }

  /** Those that are still held and have been delivered often. */
  worn(): GetMessage[] {
    return [...this.#worn];
  }

  /** Puts what has not been acknowledged back. */
  handBack(): void {
    this.#channel.nackAll(true);
  }

  async #take(): Promise<GetMessage | false> {
    if (this.#taken === this.total) return false;
    this.#taken++;
    const message = this.#first || (await this.#channel.get(deadQueue));
    this.#first = false;
    if (message && Number(message.properties.headers?.['x-delivery-count'] ?? 0) >= wornAfter) this.#worn.add(message);
    return message;
  }
}

function fits({ id, queue, reason, at }: DeadLetter, filter: DeadLetterFilter): boolean {
  return (
    (filter.id === undefined || filter.id === id) &&
    (filter.queue === undefined || filter.queue === queue) &&
    (filter.reasonContains === undefined || (reason ?? '').includes(filter.reasonContains)) &&
    (filter.before === undefined || at === null || new Date(at) < filter.before)
  );
}

/** What the work comes to, unless the signal aborts first. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason as Error);
    if (signal.aborted) aborted();
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}
