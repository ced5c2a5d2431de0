import { newId } from '@sorting-office/db';
import type { Message } from 'amqplib';
import { deadHeaders, formerHeaders, readDeadLetter } from './dead-letter';
import type { OutgoingMessage, Publisher } from './publisher';
import { deadExchange, queueName, taskExchange, taskQueues } from './topology';

/**
 * Puts a message that cannot be understood, or has no task, aside: body, properties and headers as they came, with the reason,
 * the queue, the time and an id in headers of its own. Resolves once RabbitMQ holds the copy, so that the original can be
 * acknowledged.
 *
 * @throws BrokerError when RabbitMQ has not taken it; the original must then be kept.
 */
export async function deadLetter(publisher: Publisher, message: Message, queue: string, reason: string): Promise<void> {
  const { headers } = message.properties as { headers: Record<string, unknown> | undefined };
  const letter = (former: Record<string, unknown> | undefined) =>
    publisher.publish({
      exchange: deadExchange,
      routingKey: '',
      content: message.content,
      options: {
        ...formerProperties(message, `${queue}/${message.fields.deliveryTag}`),
        headers: {
          ...former,
          [deadHeaders.id]: newId(),
          [deadHeaders.at]: new Date().toISOString(),
          [deadHeaders.reason]: reason.slice(0, 1000),
          [deadHeaders.queue]: queue,
        },
      },
    });
  try {
    await letter(headers);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Headers that can be read but not written again: too many beside ours, or numbers beyond all bounds. The body counts.
    await letter({ 'x-office-headers': `left out: ${error.message}`.slice(0, 200) });
  }
}

/** The message that was put aside, on its way back to its queue; null when that is none of ours. */
export function revivedMessage(message: Message): OutgoingMessage | null {
  const { id, queue } = readDeadLetter(message);
  const back = taskQueues.find((one) => queueName(one) === queue);
  if (back === undefined) return null;
  return {
    exchange: taskExchange,
    routingKey: back,
    content: message.content,
    options: { ...formerProperties(message, id), headers: formerHeaders(message) },
  };
}

/** The same letter once more, for RabbitMQ to count its deliveries from the start. */
export function renewedLetter(message: Message): OutgoingMessage {
  const letter = readDeadLetter(message);
  // All of it in headers of ours: RabbitMQ 4 takes its own away from what is published.
  const known = (['id', 'at', 'reason', 'queue'] as const).filter((what) => letter[what] !== null);
  return {
    exchange: deadExchange,
    routingKey: '',
    content: message.content,
    options: {
      ...formerProperties(message, letter.id),
      headers: {
        ...(message.properties.headers as Record<string, unknown> | undefined),
        ...Object.fromEntries(known.map((what) => [deadHeaders[what], letter[what]])),
      },
    },
  };
}

/** Properties that go with a message wherever it goes. @param messageId for one that has none. */
function formerProperties(message: Message, messageId: string): Omit<OutgoingMessage['options'], 'headers'> {
  const properties: Record<string, unknown> = { ...message.properties };
  const { correlationId, type, appId, contentType, contentEncoding, replyTo, timestamp, priority } = properties;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    messageId: text(properties['messageId']) ?? messageId,
    ...defined({ correlationId: text(correlationId), type: text(type), appId: text(appId), replyTo: text(replyTo) }),
    ...defined({ contentType: text(contentType), contentEncoding: text(contentEncoding) }),
    ...(typeof timestamp === 'number' && { timestamp }),
    ...(typeof priority === 'number' && { priority }),
    persistent: true,
  };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends Record<string, string | undefined>>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
