/**
 * What has just happened to a task, told to whoever listens and kept by nobody: the database says what is true.
 *
 * ```
 *   send --nothing told in the last 20 ms--> published at once
 *     \--else--> gathered --20 ms after the last were told--> published together, those of one type in a row as one message
 * ```
 */
import { randomBytes } from 'node:crypto';
import { taskProgress } from '@sorting-office/db';
import type { Channel, ConsumeMessage } from 'amqplib';
import { z } from 'zod';
import { closeChannel } from './close-channel';
import type { BrokerConnection } from './connection';
import { KeptChannel } from './kept-channel';
import { declareEvents, eventExchange } from './topology';

export const officeEvent = z.object({
  /** `task.cancel` asks whoever runs the task to stop; the others tell of an end or of another try to come. */
  type: z.enum(['task.succeeded', 'task.failed', 'task.cancelled', 'task.retried', 'task.postponed', 'task.cancel']),
  taskId: z.uuid(),
  accountId: z.uuid(),
  name: z.string(),
  attempt: z.int(),
  rootId: z.uuid(),
  batchId: z.uuid().nullable(),
  /** The batch that this task was part of, as it stood when the event was sent. */
  progress: taskProgress.nullish(),
  at: z.iso.datetime(),
});
export type OfficeEvent = z.infer<typeof officeEvent>;

/** What one message tells. */
const told = z.union([officeEvent.transform((event) => [event]), z.array(officeEvent)]);

interface EventOptions {
  connection: BrokerConnection;
  onTrouble?: (error: Error) => void;
}

/** How long events are gathered that follow others, in milliseconds: nobody notices, and a busy worker sends 50 messages a second, not 1,000. */
const gatherMs = 20;

/** Sends events, without waiting and without a promise that they arrive. */
export class EventSender {
  readonly #kept: KeptChannel;
  readonly #onTrouble: (error: Error) => void;
  #gathered: OfficeEvent[] = [];
  #pause: NodeJS.Timeout | null = null;

  constructor({ connection, onTrouble = () => undefined }: EventOptions) {
    this.#onTrouble = onTrouble;
    this.#kept = new KeptChannel({ connection, prepare: declareEvents, onTrouble });
  }

  /** Resolves once events go out. Rejects when the signal aborts first. */
  whenSending(signal?: AbortSignal): Promise<void> {
    return this.#kept.whenOpen(signal);
  }

  /** Sends an event; never throws. */
  send(event: OfficeEvent): void {
    this.#gathered.push(event);
    if (this.#pause === null) this.#tell();
  }

  close(): Promise<void> {
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#publish();
    return this.#kept.close();
  }

  #tell(): void {
    this.#pause = null;
    if (this.#gathered.length === 0) return;
    this.#publish();
    this.#pause = setTimeout(() => this.#tell(), gatherMs);
  }

  #publish(): void {
    const gathered = this.#gathered;
    this.#gathered = [];
    try {
      for (const [first, ...others] of inRows(gathered)) {
        const content = Buffer.from(JSON.stringify(others.length === 0 ? first : [first, ...others]));
        this.#kept.channel?.publish(eventExchange, first.type, content, {
          type: first.type,
          appId: 'sorting-office',
          contentType: 'application/json',
          ...(others.length === 0 && { correlationId: first.rootId }),
          persistent: false,
        });
      }
    } catch (error) {
      // A channel that has just closed: what it was to tell is in the database.
      this.#onTrouble(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

type Row = [OfficeEvent, ...OfficeEvent[]];

/** Events in their order, those of one type that follow each other together. */
function inRows(events: readonly OfficeEvent[]): Row[] {
  const rows: Row[] = [];
  for (const event of events) {
    const row = rows.at(-1);
    if (row?.[0].type === event.type) row.push(event);
    else rows.push([event]);
  }
  return rows;
}

/** Hears events through a queue of its own, which goes when the process does. What comes while it is away is missed. */
export class EventListener {
  readonly #kept: KeptChannel;

  /**
   * @param options.name part of the queue's name, for people.
   * @param options.pattern routing keys to hear: `task.*`, `task.cancel`.
   */
  constructor(
    { connection, name, pattern, onTrouble = () => undefined }: EventOptions & { name: string; pattern: string },
    hear: (event: OfficeEvent) => void,
  ) {
    const prepare = async (channel: Channel) => {
      await declareEvents(channel);
      // A name of its own each time: a connection that died without a word may still hold the queue before this one.
      const { queue } = await channel.assertQueue(`${eventExchange}.${name}.${randomBytes(3).toString('hex')}`, {
        exclusive: true,
        autoDelete: true,
        durable: false,
      });
      await channel.bindQueue(queue, eventExchange, pattern);
      const receive = (message: ConsumeMessage | null) => {
        if (!message) {
          onTrouble(new Error(`RabbitMQ cancelled the subscription to ${queue}`));
          void closeChannel(channel);
          return;
        }
        const events = told.safeParse(parseJson(message.content));
        if (events.success) events.data.forEach(hear);
        else onTrouble(new Error(`an event that is none of ours: ${z.prettifyError(events.error)}`));
      };
      await channel.consume(queue, receive, { noAck: true });
    };
    this.#kept = new KeptChannel({ connection, prepare, onTrouble });
  }

  /** Resolves once events are heard. Rejects when the signal aborts first. */
  whenListening(signal?: AbortSignal): Promise<void> {
    return this.#kept.whenOpen(signal);
  }

  close(): Promise<void> {
    return this.#kept.close();
  }
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    // Whatever it is, it is no event, and the schema says so.
    return undefined;
  }
}
