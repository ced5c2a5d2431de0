/**
 * What has just happened to a task, told to whoever listens and kept by nobody: the database says what is true.
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

interface EventOptions {
  connection: BrokerConnection;
  onTrouble?: (error: Error) => void;
}

/** Sends events, without waiting and without a promise that they arrive. */
export class EventSender {
  readonly #kept: KeptChannel;
  readonly #onTrouble: (error: Error) => void;

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
    try {
      this.#kept.channel?.publish(eventExchange, event.type, Buffer.from(JSON.stringify(event)), {
        type: event.type,
        appId: 'sorting-office',
        contentType: 'application/json',
        correlationId: event.rootId,
        persistent: false,
      });
    } catch (error) {
      // A channel that has just closed: what it was to tell is in the database.
      this.#onTrouble(error instanceof Error ? error : new Error(String(error)));
    }
  }

  close(): Promise<void> {
    return this.#kept.close();
  }
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
        const event = officeEvent.safeParse(parseJson(message.content));
        if (event.success) hear(event.data);
        else onTrouble(new Error(`an event that is none of ours: ${z.prettifyError(event.error)}`));
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
