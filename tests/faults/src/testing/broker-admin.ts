import { BrokerConnection, deadQueue, queueName, taskQueues } from '@sorting-office/broker';
import { Management, type Servers } from '@sorting-office/stack';
import type { Patience } from './until';
import { until } from './until';

/** Whoever sits at RabbitMQ's management console, looking at one virtual host. */
export class BrokerAdmin {
  readonly vhost: string;
  /** The broker's address with this virtual host. */
  readonly url: string;
  readonly #management: Management;
  readonly #user: string;

  constructor({ broker }: Servers, vhost: string) {
    const url = new URL(broker.url);
    url.pathname = `/${vhost}`;
    this.url = url.href;
    this.vhost = vhost;
    this.#user = url.username;
    this.#management = new Management(broker.managementUrl);
  }

  /** Makes the virtual host: at first, and again after the broker has lost everything. */
  async makeVhost(): Promise<void> {
    await this.#management.request('PUT', `/api/vhosts/${this.vhost}`, {});
    const all = { configure: '.*', write: '.*', read: '.*' };
    await this.#management.request('PUT', `/api/permissions/${this.vhost}/${this.#user}`, all);
  }

  async dropVhost(): Promise<void> {
    await this.#management.request('DELETE', `/api/vhosts/${this.vhost}`, undefined, AbortSignal.timeout(10_000));
  }

  async deleteQueue(queue: string): Promise<void> {
    await this.#management.request('DELETE', `/api/queues/${this.vhost}/${encodeURIComponent(queue)}`);
  }

  async purgeQueue(queue: string): Promise<void> {
    await this.#management.request('DELETE', `/api/queues/${this.vhost}/${encodeURIComponent(queue)}/contents`);
  }

  /** Closes every connection whose name has this in it, as soon as there is one. @returns how many */
  forceClose(part: string, patience?: Patience): Promise<number> {
    return until(
      `a connection named like "${part}"`,
      async () => {
        const all = (await this.#management.request('GET', `/api/vhosts/${this.vhost}/connections`)) as {
          name: string;
          user_provided_name?: string;
        }[];
        const found = all.filter(({ user_provided_name: name }) => name?.includes(part));
        // One that has gone since it was listed is closed as well.
        const closed = await Promise.allSettled(
          found.map(({ name }) => this.#management.request('DELETE', `/api/connections/${encodeURIComponent(name)}`)),
        );
        return closed.filter(({ status }) => status === 'fulfilled').length || null;
      },
      patience,
    );
  }

  /** Messages in each queue, those that somebody holds included. */
  async unsettled(): Promise<Record<string, number>> {
    const queues = (await this.#management.request(
      'GET',
      `/api/queues/${this.vhost}?disable_stats=true&enable_queue_totals=true`,
    )) as {
      name: string;
      messages: number;
    }[];
    return Object.fromEntries(queues.map(({ name, messages }) => [name, messages]));
  }

  /** Messages that are ready in each queue, as the queues themselves say. */
  async ready(): Promise<Record<string, number>> {
    const connection = await BrokerConnection.open({ url: this.url, name: 'fault suite' });
    try {
      await connection.connected(AbortSignal.timeout(20_000));
      const channel = await connection.createChannel();
      const counts: Record<string, number> = {};
      for (const queue of [...taskQueues.map(queueName), deadQueue])
        counts[queue] = (await channel.checkQueue(queue)).messageCount;
      await channel.close();
      return counts;
    } finally {
      await connection.close();
    }
  }
}
