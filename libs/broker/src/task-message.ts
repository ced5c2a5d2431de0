import { type QueuedTask, taskQueue, traceContext } from '@sorting-office/db';
import type { Message } from 'amqplib';
import { z } from 'zod';
import { BrokerError } from './errors';
import type { OutgoingMessage } from './publisher';
import { taskExchange } from './topology';

/** Largest body that a worker looks into, in bytes. */
const maxBytes = 1024 * 1024;

const body = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(64),
  queue: taskQueue,
  attempt: z.int().min(1).max(4_294_967_295),
  payload: z.unknown(),
  accountId: z.uuid(),
  rootId: z.uuid(),
  batchId: z.uuid().nullable(),
  priority: z.int().min(0).max(255),
  traceContext: traceContext.nullable(),
});

/** The message that says "task T, attempt N", readable in the management console by its properties alone. */
export function encodeTask(task: QueuedTask): OutgoingMessage {
  return {
    exchange: taskExchange,
    routingKey: task.queue,
    content: Buffer.from(JSON.stringify(task)),
    options: {
      messageId: `${task.id}/${task.attempt}`,
      correlationId: task.rootId,
      type: task.name,
      appId: 'sorting-office',
      contentType: 'application/json',
      timestamp: Math.floor(Date.now() / 1000),
      persistent: true,
      priority: task.priority,
      headers: { ...traceOf(task), 'x-attempt': task.attempt },
    },
  };
}

function traceOf({ traceContext }: QueuedTask): Record<string, string> {
  const { traceparent, tracestate } = traceContext ?? {};
  return { ...(traceparent !== undefined && { traceparent }), ...(tracestate !== undefined && { tracestate }) };
}

/**
 * Reads a message.
 *
 * @throws BrokerError MESSAGE_INVALID, saying what is wrong with it, when it is none of ours.
 */
export function decodeTask({ content }: Pick<Message, 'content'>): QueuedTask {
  if (content.length > maxBytes)
    throw new BrokerError('MESSAGE_INVALID', `the body has ${content.length} bytes, more than ${maxBytes}`);
  let json: unknown;
  try {
    json = JSON.parse(content.toString());
  } catch (error) {
    throw new BrokerError('MESSAGE_INVALID', 'the body is not JSON', { cause: error });
  }
  const parsed = body.safeParse(json);
  if (!parsed.success)
    throw new BrokerError('MESSAGE_INVALID', `the body is no task: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
