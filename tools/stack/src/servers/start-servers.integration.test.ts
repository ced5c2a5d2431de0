import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { marked } from '../process/marked';
import { until } from '../testing/until';
import { Management } from './broker/management';
import { sourcesInOrder } from './resolve';
import { removeHome } from './server-folder';
import { type Servers, startServers } from './start-servers';

const TIMEOUT = 180_000;

/** Servers of our own, wherever they come from on this machine, even while the environment names others. */
const own = (home?: string) =>
  startServers({ sources: sourcesInOrder({}), ...(home && { home, databaseMemoryMb: 160 }) });

async function query(url: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } finally {
    connection.destroy();
  }
}

const LOOPBACK = new Set(['0100007F', '00000000000000000000000001000000']);

/** The addresses that these processes listen on, as the kernel writes them. */
function listening(pids: readonly number[]): string[] {
  const links = pids.flatMap((pid) => readdirSync(`/proc/${pid}/fd`).flatMap((fd) => target(`/proc/${pid}/fd/${fd}`)));
  const inodes = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  const table = ['tcp', 'tcp6'].flatMap((family) => readFileSync(`/proc/net/${family}`, 'utf8').split('\n').slice(1));
  return table.flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    return state === '0A' && inodes.has(inode) ? [local.replace(/:.*/, '')] : [];
  });
}

/** What an open file leads to; nothing when a busy server has closed it since it was listed. */
function target(link: string): string[] {
  try {
    return [readlinkSync(link)];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

describe('private servers', () => {
  let home: string;
  let servers: Servers | undefined;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'stack-'));
    chmodSync(home, 0o711);
  });

  afterEach(async () => {
    await servers?.stop();
    await removeHome(home);
    rmSync(home, { recursive: true, force: true });
  });

  test(
    'keep their data over a stop and a start, a kill and a restart, and leave no process, epmd included',
    async () => {
      servers = await own(home);
      await query(servers.database.url, 'CREATE TABLE letters (id INT PRIMARY KEY)');
      await query(servers.database.url, 'INSERT INTO letters VALUES (1)');
      await new Management(servers.broker.managementUrl).request('PUT', '/api/queues/%2F/letters', {
        durable: true,
        arguments: { 'x-queue-type': 'quorum' },
      });
      await new Management(servers.broker.managementUrl).request('POST', '/api/exchanges/%2F/amq.default/publish', {
        routing_key: 'letters',
        payload: 'hello',
        payload_encoding: 'string',
        properties: { delivery_mode: 2 },
      });
      await servers.stop();
      expect(marked(home)).toEqual([]);

      servers = await own(home);
      const { database, broker } = servers;
      expect(await lettersIn(servers)).toEqual({ rows: 1, messages: ['hello'] });

      const before = { urls: [database.url, broker.url, broker.managementUrl], pids: [database.pid, broker.pid] };
      await query(database.url, 'INSERT INTO letters VALUES (2)');
      await Promise.all([database.kill(), broker.kill()]);
      expect([database.pid, broker.pid]).toEqual([undefined, undefined]);
      await until(() => marked(home).length === 0); // Erlang's helpers end a moment later.
      await Promise.all([database.restart(), broker.restart()]);
      expect([database.url, broker.url, broker.managementUrl]).toEqual(before.urls);
      expect([database.pid, broker.pid]).not.toEqual(before.pids);
      expect(await lettersIn(servers)).toEqual({ rows: 2, messages: ['hello'] });

      await servers.stop();
      expect(marked(home)).toEqual([]);
    },
    TIMEOUT,
  );

  async function lettersIn({ database, broker }: Servers) {
    const rows = await query(database.url, 'SELECT * FROM letters');
    const messages = (await new Management(broker.managementUrl).request('POST', '/api/queues/%2F/letters/get', {
      count: 10,
      ackmode: 'ack_requeue_true',
      encoding: 'auto',
    })) as { payload: string }[];
    return { rows: rows.length, messages: messages.map(({ payload }) => payload) };
  }

  test(
    'are durable with a home, listen on 127.0.0.1 only, need the password, and say what they are',
    async () => {
      servers = await own(home);
      const { database, broker } = servers;
      const [settings] = await query(
        database.url,
        'SELECT @@innodb_flush_log_at_trx_commit AS log, @@sync_binlog AS binlog, @@innodb_buffer_pool_size AS memory',
      );
      expect(settings).toEqual({ log: 1, binlog: 1, memory: 160 * 1024 ** 2 });
      expect(servers.versions).toMatch(/^(mariadb|mysql) \d+\.\d+\/rabbitmq \d+\.\d+\.\d+$/);

      if (process.platform === 'linux') {
        const addresses = listening(marked(home));
        expect(addresses.length).toBeGreaterThanOrEqual(5); // The database's, the broker's three and epmd's.
        expect(addresses.filter((address) => !LOOPBACK.has(address))).toEqual([]);
      }

      for (const user of ['office', 'root', 'nobody']) {
        const url = Object.assign(new URL(database.url), { username: user, password: '' });
        await expect(query(url.href, 'SELECT 1')).rejects.toMatchObject({ code: 'ER_ACCESS_DENIED_ERROR' });
      }
      for (const credentials of ['guest:guest', 'office:guess']) {
        const url = broker.managementUrl.replace(/\/\/.*@/, `//${credentials}@`);
        await expect(new Management(url).version()).rejects.toThrow('401');
      }
    },
    TIMEOUT,
  );

  test(
    'that are temporary leave nothing at all, neither when stopped nor when interrupted while they start',
    async () => {
      servers = await own();
      await servers.stop();
      expect([existsSync(servers.home), marked(servers.home)]).toEqual([false, []]);

      const interrupted = new AbortController();
      let where = '';
      const starting = startServers({
        sources: sourcesInOrder({}).map((source) => ({
          name: source.name,
          offer: async (wanted, place) => {
            where = place.home;
            return source.offer(wanted, place);
          },
        })),
        signal: interrupted.signal,
      });
      await until(() => where !== '' && marked(where).length >= 2);
      interrupted.abort();
      await expect(starting).rejects.toThrow(/interrupted|SIGTERM|aborted/);
      expect([existsSync(where), marked(where)]).toEqual([false, []]);
    },
    TIMEOUT,
  );

  test(
    'whose owner was killed are cleared away by the next that start',
    async () => {
      const script = `
        import { sourcesInOrder } from ${JSON.stringify(join(__dirname, 'resolve.ts'))};
        import { startServers } from ${JSON.stringify(join(__dirname, 'start-servers.ts'))};
        const { home } = await startServers({ sources: sourcesInOrder({}) });
        process.stdout.write(home);`;
      const args = ['--import', require.resolve('tsx'), '--input-type=module', '-e', script];
      const owner = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const [abandoned] = (await once(owner.stdout.setEncoding('utf8'), 'data')) as [string];
      owner.kill('SIGKILL');
      await once(owner, 'exit');
      expect(marked(abandoned).length).toBeGreaterThanOrEqual(3);

      servers = await own();
      expect([existsSync(abandoned), marked(abandoned)]).toEqual([false, []]);
    },
    TIMEOUT,
  );
});

test('servers of somebody else are used as they are, and never stopped', async () => {
  const url = process.env['TEST_DATABASE_URL'] ?? '';
  const amqp = process.env['TEST_AMQP_URL'] ?? '';
  const env = { DATABASE_URL: url, AMQP_URL: amqp, MANAGEMENT_URL: process.env['TEST_MANAGEMENT_URL'] };
  const servers = await startServers({ sources: sourcesInOrder(env) });
  const { database, broker, versions } = servers;
  expect([database.url, broker.url, database.pid, broker.pid]).toEqual([url, amqp, undefined, undefined]);
  await expect(database.kill()).rejects.toMatchObject({ code: 'NOT_OURS' });
  await expect(broker.restart()).rejects.toMatchObject({ code: 'NOT_OURS' });
  await servers.stop();
  const again = await startServers({ sources: sourcesInOrder(env) });
  expect(again.versions).toBe(versions);
  await again.stop();
});

test('a server of somebody else that refuses is an error at once that names the variable', async () => {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  url.password = 'wrong';
  const env = {
    DATABASE_URL: url.href,
    AMQP_URL: process.env['TEST_AMQP_URL'],
    MANAGEMENT_URL: process.env['TEST_MANAGEMENT_URL'],
  };
  await expect(startServers({ sources: sourcesInOrder(env) })).rejects.toMatchObject({
    code: 'SERVER_UNREACHABLE',
    message: expect.stringMatching(/DATABASE_URL.*Access denied/) as string,
  });
});
