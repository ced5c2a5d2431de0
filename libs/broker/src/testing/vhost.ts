/** For tests of the broker library: a virtual host of one's own, and a look at it through the management API. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestVhost, Management } from '@sorting-office/stack';
import { BrokerConnection } from '../connection';

/** Milliseconds between two looks at the list of connections, which RabbitMQ brings up to date every few seconds. */
const lookEveryMs = 100;

export async function ownVhost() {
  const vhost = await createTestVhost();
  const management = new Management(vhost.managementUrl);
  const connections: BrokerConnection[] = [];
  const path = encodeURIComponent(vhost.name);
  return {
    amqpUrl: vhost.amqpUrl,

    async connect(name: string): Promise<BrokerConnection> {
      const connection = await BrokerConnection.open({ url: vhost.amqpUrl, name });
      connections.push(connection);
      await connection.connected();
      return connection;
    },

    /** Deletes a queue as somebody in the console would. */
    deleteQueue: (queue: string) => management.request('DELETE', `/api/queues/${path}/${encodeURIComponent(queue)}`),

    queue: (queue: string) =>
      management.request('GET', `/api/queues/${path}/${encodeURIComponent(queue)}`) as Promise<Record<string, unknown>>,

    /** Closes a connection from the server's side, as soon as the management API knows of it. */
    async forceClose(connectionName: string): Promise<void> {
      await (
        await this.closerOf(connectionName)
      )();
    },

    /** Finds a connection, which takes RabbitMQ some seconds, and returns what closes it at once. */
    async closerOf(connectionName: string): Promise<() => Promise<unknown>> {
      for (;;) {
        const all = (await management.request('GET', `/api/vhosts/${path}/connections`)) as {
          name: string;
          user_provided_name?: string;
        }[];
        const found = all.find(({ user_provided_name }) => user_provided_name === connectionName);
        if (found) return () => management.request('DELETE', `/api/connections/${encodeURIComponent(found.name)}`);
        await sleep(lookEveryMs);
      }
    },

    /** Takes everything away that RabbitMQ holds here, connections included, and lets it begin anew. */
    async wipe(): Promise<void> {
      await management.request('DELETE', `/api/vhosts/${path}`);
      await vhost.create();
    },

    /** Makes every task queue refuse what comes, as a full one does, or lets it take messages again. */
    async fill(full: boolean): Promise<void> {
      const policy = `/api/policies/${path}/full`;
      const definition = { 'max-length': 1 };
      if (full)
        await management.request('PUT', policy, { pattern: '^office\\.tasks\\.', 'apply-to': 'queues', definition });
      else if (((await management.request('GET', `/api/policies/${path}`)) as unknown[]).length > 0)
        await management.request('DELETE', policy);
    },

    async drop(): Promise<void> {
      await Promise.all(connections.map((connection) => connection.close()));
      await vhost.drop();
    },
  };
}

export type OwnVhost = Awaited<ReturnType<typeof ownVhost>>;
