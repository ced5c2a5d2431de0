/**
 * What has just happened to a task, told to whoever listens and kept by nobody: the database says what is true.
 */
import { taskProgress } from '@sorting-office/db';
import { EventEmitter, once } from 'node:events';
import type { Channel } from 'amqplib';
import { z } from 'zod';
import type { BrokerConnection } from './connection';
import { declareEvents, eventExchange } from './topology';

export const officeEvent = z.object({
  /** `task.cancel` asks whoever runs the task to stop; the others tell of an end or of another try to come. */
  type: z.enum(['task.succeeded', 'task.failed', 'task.cancelled', 'task.retried', 'task.cancel']),
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

interface ChannelHolder {
  connection: BrokerConnection;
  onTrouble?: (error: Error) => void;
}

/** Keeps one channel open on a connection for as long as both live, and says when there is a new one. */
function keepChannel(
  { connection, onTrouble = () => undefined }: ChannelHolder,
  ready: (channel: Channel) => Promise<void>,
) {
  let current: Channel | null = null;
  let closed = false;
  const openings = new EventEmitter().setMaxListeners(0);
  const open = async () => {
    if (closed) return;
    try {
      const channel = await connection.createChannel();
      channel.on('error', onTrouble).on('close', () => {
        if (current === channel) current = null;
      });
      await ready(channel);
      current = channel;
      openings.emit('open');
    } catch (error) {
      // Events are worth no second try of their own: the next connection brings the next channel.
      onTrouble(error instanceof Error ? error : new Error(String(error)));
    }
  };
  connection.onConnected(() => void open());
  connection.onLost(() => {
    current = null;
  });
  return {
    channel: () => current,
    whenOpen: async (signal?: AbortSignal) => {
      while (!current) await once(openings, 'open', { signal });
    },
    close: async () => {
      closed = true;
      await current?.close().catch(() => {
        // Gone by itself, which is what was wanted.
      });
    },
  };
}

/** Sends events, without waiting and without a promise that they arrive. */
export class EventSender {
  readonly #kept: ReturnType<typeof keepChannel>;

  constructor(holder: ChannelHolder) {
    this.#kept = keepChannel(holder, declareEvents);
  }

  /** Resolves once events go out. Rejects when the signal aborts first. */
  whenSending(signal?: AbortSignal): Promise<void> {
    return this.#kept.whenOpen(signal);
  }

  send(event: OfficeEvent): void {
    this.#kept.channel()?.publish(eventExchange, event.type, Buffer.from(JSON.stringify(event)), {
      type: event.type,
      appId: 'sorting-office',
      contentType: 'application/json',
      correlationId: event.rootId,
      persistent: false,
    });
  }

  close(): Promise<void> {
    return this.#kept.close();
  }
}

/** Hears events through a queue of its own, which goes when the process does. What comes while it is away is missed. */
export class EventListener {
  readonly #kept: ReturnType<typeof keepChannel>;

  /** @param pattern routing keys to hear: `task.*`, `task.cancel`. */
  constructor(holder: ChannelHolder & { name: string; pattern: string }, hear: (event: OfficeEvent) => void) {
    this.#kept = keepChannel(holder, async (channel) => {
      await declareEvents(channel);
      const { queue } = await channel.assertQueue(`${eventExchange}.${holder.name}`, {
        exclusive: true,
        autoDelete: true,
        durable: false,
      });
      await channel.bindQueue(queue, eventExchange, holder.pattern);
      await channel.consume(
        queue,
        (message) => {
          if (!message) return;
          const event = officeEvent.safeParse(parseJson(message.content));
          if (event.success) hear(event.data);
          else holder.onTrouble?.(new Error(`an event that is none of ours: ${z.prettifyError(event.error)}`));
        },
        { noAck: true },
      );
    });
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
