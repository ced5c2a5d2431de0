import type { Message } from 'amqplib';
import type { Publisher } from './publisher';
import { deadExchange } from './topology';

/**
 * Puts a message that cannot be understood, or has no task, aside: body, properties and headers as they came, with the reason
 * and the queue in headers of its own. Resolves once RabbitMQ holds the copy, so that the original can be acknowledged.
 *
 * @throws BrokerError when RabbitMQ has not taken it; the original must then be kept.
 */
export async function deadLetter(publisher: Publisher, message: Message, queue: string, reason: string): Promise<void> {
  const properties: Record<string, unknown> = { ...message.properties };
  const { messageId, correlationId, type, appId, contentType, contentEncoding, timestamp } = properties;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  await publisher.publish({
    exchange: deadExchange,
    routingKey: '',
    content: message.content,
    options: {
      messageId: text(messageId) ?? `${queue}/${message.fields.deliveryTag}`,
      ...defined({ correlationId: text(correlationId), type: text(type), appId: text(appId) }),
      ...defined({ contentType: text(contentType), contentEncoding: text(contentEncoding) }),
      ...(typeof timestamp === 'number' && { timestamp }),
      persistent: true,
      headers: {
        ...(message.properties.headers as Record<string, unknown> | undefined),
        'x-office-reason': reason.slice(0, 1000),
        'x-office-queue': queue,
      },
    },
  });
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends Record<string, string | undefined>>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
