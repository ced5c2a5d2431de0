/** What the management console shows of one virtual host, in the words of docs/rabbitmq.md. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Management } from '@sorting-office/stack';
import { z } from 'zod';
import type { Row } from './markdown-table';

/** Milliseconds between two looks: what the console shows is seconds old anyway. */
export const lookEveryMs = 200;

const table = z.record(z.string(), z.unknown());
const exchange = z.object({ name: z.string(), type: z.string(), durable: z.boolean() });
const queue = z.object({
  name: z.string(),
  type: z.string(),
  durable: z.boolean(),
  exclusive: z.boolean(),
  auto_delete: z.boolean(),
  arguments: table,
});
const binding = z.object({ source: z.string(), routing_key: z.string(), destination: z.string() });
const connection = z.object({ user_provided_name: z.string().optional(), name: z.string() });
const consumer = z.object({
  consumer_tag: z.string(),
  queue: z.object({ name: z.string() }),
  ack_required: z.boolean(),
  prefetch_count: z.int(),
});
/** RabbitMQ 4 writes none as an empty list. */
const properties = table.or(z.tuple([]).transform((): Record<string, unknown> => ({})));
const message = z.object({ routing_key: z.string(), properties, payload: z.string() });
const policed = z.object({
  name: z.string(),
  policy: z.string().nullish(),
  effective_policy_definition: table.nullish(),
});

export type ShownMessage = z.infer<typeof message>;

const yes = (value: boolean) => (value ? 'yes' : 'no');

export class Console {
  readonly #management: Management;
  readonly #vhost: string;

  constructor(managementUrl: string, vhost: string) {
    this.#management = new Management(managementUrl);
    this.#vhost = encodeURIComponent(vhost);
  }

  /** Exchanges that RabbitMQ has not made by itself. */
  async exchanges(): Promise<Row[]> {
    const all = z.array(exchange).parse(await this.#get('exchanges'));
    return all
      .filter(({ name }) => name !== '' && !name.startsWith('amq.'))
      .map(({ name, type, durable }) => ({ exchange: name, type, durable: yes(durable) }));
  }

  async queues(): Promise<Row[]> {
    return (await this.#queues()).map(({ name, type, durable, exclusive, auto_delete }) => ({
      queue: name,
      type,
      durable: yes(durable),
      exclusive: yes(exclusive),
      'auto-delete': yes(auto_delete),
    }));
  }

  async queueArguments(): Promise<Row[]> {
    return (await this.#queues()).flatMap(({ name, arguments: given }) =>
      Object.entries(given).map(([argument, value]) => ({ queue: name, argument, value: String(value) })),
    );
  }

  /** Bindings but for those that every queue has to the exchange without a name. */
  async bindings(): Promise<Row[]> {
    const all = z.array(binding).parse(await this.#get('bindings'));
    return all
      .filter(({ source }) => source !== '')
      .map(({ source, routing_key, destination }) => ({
        exchange: source,
        'routing key': routing_key || '(none)',
        queue: destination,
      }));
  }

  async connections(): Promise<Row[]> {
    const all = z
      .array(connection)
      .parse(await this.#management.request('GET', `/api/vhosts/${this.#vhost}/connections`));
    return all.map(({ user_provided_name, name }) => ({ connection: user_provided_name ?? name }));
  }

  async consumers(): Promise<Row[]> {
    return z
      .array(consumer)
      .parse(await this.#get('consumers'))
      .map(({ consumer_tag, queue: { name }, ack_required, prefetch_count }) => ({
        'consumer tag': consumer_tag,
        queue: name,
        acknowledges: yes(ack_required),
        prefetch: String(prefetch_count),
      }));
  }

  /** The policy in force for each queue, and what it comes to. */
  async policies(): Promise<Record<string, { policy: string | null; definition: Record<string, unknown> }>> {
    const all = z.array(policed).parse(await this.#get('queues'));
    return Object.fromEntries(
      all.map(({ name, policy, effective_policy_definition: definition }) => [
        name,
        { policy: policy ?? null, definition: definition ?? {} },
      ]),
    );
  }

  /** Binds a queue of one's own to all events. */
  async listen(name: string): Promise<void> {
    await this.#management.request('PUT', `/api/queues/${this.#vhost}/${name}`, {});
    await this.#management.request('POST', `/api/bindings/${this.#vhost}/e/office.events/q/${name}`, {
      routing_key: '#',
    });
  }

  async deleteQueue(name: string): Promise<void> {
    await this.#management.request('DELETE', `/api/queues/${this.#vhost}/${name}`);
  }

  async publish(routingKey: string, payload: string, properties: object = {}): Promise<void> {
    await this.#management.request('POST', `/api/exchanges/${this.#vhost}/office.tasks/publish`, {
      routing_key: routingKey,
      payload,
      payload_encoding: 'string',
      properties,
    });
  }

  /** The first messages of a queue, once there are any; they are put back, or rejected, which dead-letters them. */
  async messages(name: string, then: 'requeue' | 'reject' = 'requeue'): Promise<ShownMessage[]> {
    for (;;) {
      const got = await this.#management.request('POST', `/api/queues/${this.#vhost}/${name}/get`, {
        count: 100,
        ackmode: then === 'requeue' ? 'ack_requeue_true' : 'reject_requeue_false',
        encoding: 'auto',
      });
      const messages = z.array(message).parse(got);
      if (messages.length > 0) return messages;
      await sleep(lookEveryMs);
    }
  }

  /** Imports definitions into this virtual host, as its page in the console does. */
  async importDefinitions(definitions: unknown): Promise<void> {
    await this.#management.request('POST', `/api/definitions/${this.#vhost}`, definitions);
  }

  async #queues(): Promise<z.infer<typeof queue>[]> {
    return z.array(queue).parse(await this.#get('queues'));
  }

  #get(what: string): Promise<unknown> {
    return this.#management.request('GET', `/api/${what}/${this.#vhost}`);
  }
}
