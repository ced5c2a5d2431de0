/**
 * Whether every queue has a leader. Only the management API says so: of a queue without one AMQP answers that it is there and empty.
 */
import { deadQueue, queueName, taskQueues } from '@sorting-office/broker';
import { z } from 'zod';
import type { Addresses } from '../config/addresses';
import { reasonOf } from '../reason';
import { type Finding, type Limits, ok, skipped, wrong } from './finding';

const list = z.array(z.string()).nullish();

/** What the management API says of a queue, as far as it matters here. RabbitMQ leaves out what it does not know. */
const shownQueue = z.object({
  name: z.string(),
  state: z.string().nullish(),
  leader: z.string().nullish(),
  members: list,
  online: list,
});
const shownQueues = z.array(shownQueue);
export type ShownQueue = z.infer<typeof shownQueue>;

const ours = new Set([...taskQueues.map(queueName), deadQueue]);

export async function examineQueues({ management, broker }: Addresses, limits: Limits): Promise<Finding> {
  if (!management) return skipped('queues', 'MANAGEMENT_URL is not set: nobody can say whether they have leaders');
  if (!broker) return skipped('queues', 'AMQP_URL is not set: it says in which virtual host they are');
  try {
    return judgeQueues(shownQueues.parse(await ask(management.url, broker.url, limits)));
  } catch (error) {
    limits.signal.throwIfAborted();
    return wrong(
      'queues',
      `the management API cannot be asked: ${error instanceof z.ZodError ? 'something else answers' : reasonOf(error)}`,
      `Check the address, its user (tagged "monitoring") and password (from ${management.from}).`,
    );
  }
}

/** What the states of our queues come to; those that do not exist are the topology's. */
export function judgeQueues(all: readonly ShownQueue[]): Finding {
  const queues = all.filter(({ name }) => ours.has(name));
  const troubles = queues.flatMap((queue) => troubleOf(queue) ?? []);
  if (troubles.length > 0)
    return wrong(
      'queues',
      troubles.join('; '),
      'Bring their nodes back (`rabbitmqctl cluster_status`); tasks wait in the database until then.',
    );
  const thin = queues.filter(({ members, online }) => count(online) < count(members));
  const says = thin.map((queue) => `${queue.name} has ${onlineOf(queue)}`);
  return ok('queues', [`${queues.length} have a leader`, ...says].join('; '));
}

function troubleOf(queue: ShownQueue): string | null {
  const { name, state, leader, members, online } = queue;
  if (!leader) return `${name} has no leader (${onlineOf(queue)})`;
  if (count(members) > 0 && count(online) * 2 <= count(members)) return `${name} has no majority (${onlineOf(queue)})`;
  return state != null && state !== 'running' ? `${name} is ${state} (${onlineOf(queue)})` : null;
}

const count = (nodes: string[] | null | undefined) => nodes?.length ?? 0;
const onlineOf = ({ members, online }: ShownQueue) => `${count(online)} of ${count(members)} members online`;

/** @throws Error with what was answered instead. */
async function ask(management: string, broker: string, { ms, signal }: Limits): Promise<unknown> {
  const { origin, pathname, username, password } = new URL(management);
  const vhost = decodeURIComponent(new URL(broker).pathname.slice(1)) || '/';
  const credentials = [username, password].map(decodeURIComponent).join(':');
  // As the queues are now, and not as they were counted a few seconds ago.
  const path = `/api/queues/${encodeURIComponent(vhost)}?disable_stats=true&enable_queue_totals=true`;
  const response = await fetch(origin + pathname.replace(/\/+$/, '') + path, {
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(ms)]),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}
