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
import { type Attributes, fail, inSpan } from '@sorting-office/telemetry';
import { CrashGuard } from './crash-guard';
import type { MessageHandlerParts } from './parts';
import { UnusableMessageError } from './same-task';
import { settleTask } from './settle-task';
import { linksOf, parentOf } from './trace';

/** Handles deliveries. Returns once the delivery is settled; never rejects. */
export function messageHandler(parts: MessageHandlerParts): (queue: string, delivery: Delivery) => Promise<void> {
  const { log, outbox, registry, suspects, putAside, reached } = parts;

  /** One span for each delivery, from its turn to its acknowledgement, that says what became of it. */
  function handle(queue: string, delivery: Delivery): Promise<void> {
    const task = understand(delivery.message);
    const options = {
      kind: 'consumer',
      parent: parentOf(delivery.message, task),
      links: linksOf(task),
      attributes: () => attributesOf(queue, delivery, task),
    } as const;
    return inSpan(`process ${queue}`, options, async (span) => {
      const outcome = await dispose(queue, delivery, task);
      span.setAttribute('office.task.outcome', outcome);
      if (outcome === 'put_aside') fail(span, new Error('the message was put aside'));
    });
  }

  async function dispose(queue: string, delivery: Delivery, task: QueuedTask | string): Promise<Outcome> {
    if (typeof task === 'string') return setAside(queue, delivery, task);
    const definition = registry.find(task.name);
    if (!definition) return setAside(queue, delivery, `this build has no task named ${task.name}`);

    const crashes = new CrashGuard(parts, task, delivery.redelivered);
    const run = async (): Promise<Outcome> => {
      const started = performance.now();
      const settled = await settle(queue, task, definition, crashes, delivery);
      if (typeof settled === 'string') return settled;
      await reached('committed', task);
      await crashes.takeBack();
      delivery.ack();
      outbox.dispatch(settled.publish, settled.delayed);
      const ms = performance.now() - started;
      // Told once the next task has begun: by then the database has something to do.
      setImmediate(() => parts.onEnd(settled.end, task, ms));
      return settled.end;
    };
    return delivery.redelivered ? suspects(run) : run();
  }

  /** How the attempt ended, once that is committed; an outcome when the message has been disposed of without. */
  async function settle(
    queue: string,
    task: QueuedTask,
    definition: TaskDefinition,
    crashes: CrashGuard,
    delivery: Delivery,
  ): Promise<Settled | Outcome> {
    try {
      return await settleTask(parts, definition, task, crashes);
    } catch (error) {
      if (error instanceof UnusableMessageError) return setAside(queue, delivery, error.message);
      // The worker is stopping, or the end could not be written: the message goes back as it came.
      await crashes.takeBack();
      delivery.requeue();
      log.info({ taskId: task.id, task: task.name, reason: String(error) }, 'message handed back');
      return 'handed_back';
    }
  }

  async function setAside(queue: string, delivery: Delivery, reason: string): Promise<Outcome> {
    try {
      await putAside(delivery.message, queue, reason);
      delivery.ack();
      log.warn({ queue, messageId: delivery.message.properties.messageId as unknown, reason }, 'message put aside');
      return 'put_aside';
    } catch (error) {
      delivery.requeue();
      log.warn({ queue, reason, err: error }, 'message kept, as it could not be put aside');
      return 'handed_back';
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
  /** What else it has enqueued, which is not to be published yet. */
  delayed?: readonly Pick<QueuedTask, 'name' | 'queue'>[];
}

/** What became of a delivery. */
type Outcome = AttemptEnd | 'put_aside' | 'handed_back';

/** `postponed`: the task itself, or its rate limit, has asked for another time; `discarded`: it has found nothing left to do, and is cancelled. */
export type AttemptEnd = 'succeeded' | 'retried' | 'postponed' | 'failed' | 'cancelled' | 'discarded' | 'duplicate';

function attributesOf(queue: string, { message, redelivered }: Delivery, task: QueuedTask | string): Attributes {
  const about =
    typeof task === 'string'
      ? { id: message.properties.messageId as unknown }
      : { ...task, id: `${task.id}/${task.attempt}` };
  return {
    'messaging.system': 'rabbitmq',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': queue,
    'messaging.rabbitmq.destination.routing_key': message.fields.routingKey,
    'messaging.message.id': String(about.id),
    'messaging.message.body.size': message.content.length,
    'office.message.redelivered': redelivered,
    ...(typeof task !== 'string' && {
      'messaging.message.conversation_id': task.rootId,
      'office.task.id': task.id,
      'office.task.name': task.name,
      'office.task.attempt': task.attempt,
    }),
  };
}
