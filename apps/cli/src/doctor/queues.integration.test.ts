/** A queue that has lost its leader, on a broker of this test's own. */
import { BrokerConnection, declareTopology } from '@sorting-office/broker';
import { createTestVhost, type Servers, sourcesInOrder, startServers, type TestVhost } from '@sorting-office/stack';
import { office } from '../program';
import { testSurroundings } from '../testing/surroundings';

const declare = async (url: string) => {
  const connection = await BrokerConnection.open({ url, name: 'doctor test' });
  await connection.connected();
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  await connection.close();
};

const examine = async (env: Record<string, string>) => {
  const surroundings = testSurroundings({ env });
  const code = await office(['doctor', '--json'], surroundings);
  const { checks } = JSON.parse(surroundings.stdout.text()) as { checks: { name: string }[] };
  return { code, ...Object.fromEntries(checks.map((check) => [check.name, check])) };
};

describe('a broker of its own', () => {
  let servers: Servers;
  beforeAll(async () => {
    servers = await startServers({ sources: sourcesInOrder({}) });
    await declare(servers.broker.url);
  }, 180_000);
  afterAll(() => servers.stop());

  test('a queue without a leader is told, though its exchange and queue are there', async () => {
    const env = { AMQP_URL: servers.broker.url, MANAGEMENT_URL: servers.broker.managementUrl };
    expect(await examine(env)).toMatchObject({ code: 0, queues: { state: 'ok', says: '4 have a leader' } });

    await servers.broker.control('eval', `ra:stop_server(quorum_queues, {'%2F_office.tasks.bulk', node()}).`);
    expect(await examine(env)).toMatchObject({
      code: 1,
      topology: { state: 'ok' },
      queues: { state: 'wrong', says: 'office.tasks.bulk has no leader (0 of 1 members online)' },
    });
  }, 60_000);
});

describe('in a virtual host', () => {
  let vhost: TestVhost;
  beforeAll(async () => {
    vhost = await createTestVhost();
    await declare(vhost.amqpUrl);
  });
  afterAll(() => vhost.drop());

  test('queues are looked for where the programs have theirs', async () => {
    const env = { AMQP_URL: vhost.amqpUrl, MANAGEMENT_URL: vhost.managementUrl };
    expect(await examine(env)).toMatchObject({ queues: { state: 'ok', says: '4 have a leader' } });
  });

  test('a wrong password and a wrong address are findings, and tell no password', async () => {
    const wrong = new URL(vhost.managementUrl);
    wrong.password = 'hidden';
    const found = await examine({ AMQP_URL: vhost.amqpUrl, MANAGEMENT_URL: wrong.href });
    expect(found).toMatchObject({
      code: 1,
      queues: { state: 'wrong', says: expect.stringContaining('401') as string },
    });
    expect(JSON.stringify(found)).not.toContain('hidden');
    expect(await examine({ AMQP_URL: vhost.amqpUrl, MANAGEMENT_URL: 'somewhere' })).toMatchObject({
      queues: { state: 'wrong' },
    });
    expect(await examine({ AMQP_URL: vhost.amqpUrl })).toMatchObject({ code: 0, queues: { state: 'skipped' } });
  });
});
