/**
 * What becomes of one message.
 *
 * ```
 *   delivery --> decode --not ours--------------------------------> office.dead, ack
 *                  |
 *                  v
 *            gate open? --no--> waits, unacknowledged
 *                  |
 *            delivered before? --yes--> one suspect at a time, crash counted; too many --> failed, ack
 *                  |
 *            its turn? --not yet--> put off until its slot, uncounted; ack, event   (tasks with a rate limit)
 *                  |
 *              run attempt   (prepare; BEGIN, claim, run, COMMIT)
 *                  |
 *      +-----------+-----------+--------------+----------------------+------------------+-----------------+
 *   committed  duplicate    conflict      outage or schema       its own error     retry later       cancelled, discarded;
 *      |           |           |              |                      |             (asked for)       stopping
 *     ack         ack     again, after   gate closed; again,   another attempt     another attempt   cancelled, ack |
 *    publish                a pause      not counted           later, or failed;   later, uncounted; handed back
 *    event                                                     ack, event          ack, event
 * ```
 *
 * The message is acknowledged last, always after a commit: whatever dies in between, it comes back and finds the work done.
 */
import { BrokerError, decodeTask, type Delivery } from '@sorting-office/broker';
import type { QueuedTask } from '@sorting-office/db';
import type { TaskDefinition } from '@sorting-office/tasks';
import { inSpan } from '@sorting-office/telemetry';
import { CrashGuard } from './crash-guard';
import type { MessageHandlerParts } from './parts';
import { UnusableMessageError } from './same-task';
import { settleTask } from './settle-task';

/** Handles deliveries. Returns once the delivery is settled; never rejects. */
export function messageHandler(parts: MessageHandlerParts): (queue: string, delivery: Delivery) => Promise<void> {
  const { log, outbox, registry, suspects, putAside, reached } = parts;

  async function handle(queue: string, delivery: Delivery): Promise<void> {
    const task = understand(delivery.message);
    if (typeof task === 'string') return setAside(queue, delivery, task);
    const definition = registry.find(task.name);
    if (!definition) return setAside(queue, delivery, `this build has no task named ${task.name}`);

    const crashes = new CrashGuard(parts, task, delivery.redelivered);
    const run = async () => {
      const started = performance.now();
      const settled = await settle(queue, task, definition, crashes, delivery);
      if (!settled) return;
      await reached('committed', task);
      await crashes.takeBack();
      delivery.ack();
      outbox.dispatch(settled.publish);
      parts.onEnd(settled.end, task, performance.now() - started);
    };
    await (delivery.redelivered ? suspects(run) : run());
  }

  /** How the attempt ended, once that is committed; null when the message has been disposed of without. */
  async function settle(
    queue: string,
    task: QueuedTask,
    definition: TaskDefinition,
    crashes: CrashGuard,
    delivery: Delivery,
  ): Promise<Settled | null> {
    try {
      return await inSpan(`process ${queue}`, spanOptions(queue, task), () =>
        settleTask(parts, definition, task, crashes),
      );
    } catch (error) {
      if (error instanceof UnusableMessageError) {
        await setAside(queue, delivery, error.message);
        return null;
      }
      // The worker is stopping, or the end could not be written: the message goes back as it came.
      await crashes.takeBack();
      delivery.requeue();
      log.info({ taskId: task.id, task: task.name, reason: String(error) }, 'message handed back');
      return null;
    }
  }

  async function setAside(queue: string, delivery: Delivery, reason: string): Promise<void> {
    try {
      await putAside(delivery.message, queue, reason);
      delivery.ack();
      log.warn({ queue, messageId: delivery.message.properties.messageId as unknown, reason }, 'message put aside');
    } catch (error) {
      delivery.requeue();
      log.warn({ queue, reason, err: error }, 'message kept, as it could not be put aside');
    }
  }

  return handle;
}

/** The task that a message names, or why it cannot be told. */
function understand(message: Delivery['message']): QueuedTask | string {
  try {
    return decodeTask(message);
  } catch (error) {
    if (error instanceof BrokerError) return error.message;
    throw error;
  }
}

/** How an attempt ended, and what to publish now that the end is committed. */
export interface Settled {
  end: AttemptEnd;
  publish: QueuedTask[];
}

/** `postponed`: the task itself, or its rate limit, has asked for another time; `discarded`: it has found nothing left to do, and is cancelled. */
export type AttemptEnd = 'succeeded' | 'retried' | 'postponed' | 'failed' | 'cancelled' | 'discarded' | 'duplicate';

const spanOptions = (queue: string, task: QueuedTask) =>
  ({
    kind: 'consumer',
    parent: task.traceContext,
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.operation.name': 'process',
      'messaging.destination.name': queue,
      'messaging.message.id': `${task.id}/${task.attempt}`,
      'messaging.message.conversation_id': task.rootId,
      'office.task.name': task.name,
    },
  }) as const;
