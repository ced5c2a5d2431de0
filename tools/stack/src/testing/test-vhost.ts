import { randomBytes } from 'node:crypto';
import { Management } from '../servers/broker/management';
import { testServers } from './test-servers';

/** A virtual host of a test's own. */
export interface TestVhost {
  /** The broker's address with this virtual host. */
  readonly amqpUrl: string;
  /** The management API of the whole broker. */
  readonly managementUrl: string;
  readonly name: string;
  /** Makes it anew, once it has been removed. */
  create(): Promise<void>;
  /** Removes it with everything in it, and closes its connections. */
  drop(): Promise<void>;
}

/** Makes an empty virtual host with a random name. */
export async function createTestVhost(): Promise<TestVhost> {
  const { amqpUrl, managementUrl } = testServers();
  const management = new Management(managementUrl);
  const name = `test-${randomBytes(8).toString('hex')}`;
  const url = new URL(amqpUrl);
  url.pathname = `/${name}`;
  const create = async () => {
    await management.request('PUT', `/api/vhosts/${name}`, {});
    await management.request('PUT', `/api/permissions/${name}/${url.username || 'guest'}`, {
      configure: '.*',
      write: '.*',
      read: '.*',
    });
  };
  await create();
  return {
    amqpUrl: url.href,
    managementUrl,
    name,
    create,
    drop: async () => {
      await management.request('DELETE', `/api/vhosts/${name}`);
    },
  };
}
