import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { BrokerConnection, declareTopology } from '@sorting-office/broker';
import { type MigratedDatabase, migratedDatabase } from '@sorting-office/db/testing';
import { createTestDatabase, createTestVhost, type TestVhost } from '@sorting-office/stack';
import { office } from '../program';
import { PlayedApi, problem } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

interface Check {
  name: string;
  state: string;
  says: string;
  remedy?: string;
}

let home: MigratedDatabase;
let vhost: TestVhost;
let api: PlayedApi;
beforeAll(async () => {
  [home, vhost, api] = await Promise.all([migratedDatabase(), createTestVhost(), PlayedApi.start()]);
  const connection = await BrokerConnection.open({ url: vhost.amqpUrl, name: 'doctor test' });
  await connection.connected();
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  await connection.close();
});
beforeEach(() => {
  api.routes['GET /healthz/ready'] = { body: { status: 'ok', reasons: [] } };
  api.routes['GET /api/tasks'] = { body: { items: [], next: null } };
});
afterAll(async () => {
  await api.stop();
  await Promise.all([home.drop(), vhost.drop()]);
});

const examine = async (env: Record<string, string> = {}, checkMs = 10_000) => {
  const base = testSurroundings();
  const surroundings = testSurroundings({
    env: { DATABASE_URL: home.url, AMQP_URL: vhost.amqpUrl, OFFICE_URL: api.url, OFFICE_TOKEN: 'secret', ...env },
    timing: { ...base.timing, checkMs },
  });
  const code = await office(['doctor', '--json'], surroundings);
  const { ok, checks } = JSON.parse(surroundings.stdout.text()) as { ok: boolean; checks: Check[] };
  return { code, ok, checks: Object.fromEntries(checks.map((check) => [check.name, check])) };
};

test('all is well', async () => {
  const { code, ok, checks } = await examine();
  expect({ code, ok }).toEqual({ code: 0, ok: true });
  expect(checks).toMatchObject({
    database: { state: 'ok', says: expect.stringMatching(/^server \d+\.\d+.* at .*\/test_/) as string },
    schema: { state: 'ok', says: expect.stringMatching(/^\d+ tables verified$/) as string },
    broker: { state: 'ok', says: expect.stringMatching(/^RabbitMQ \d+\.\d+.* at /) as string },
    topology: { state: 'ok' },
    api: { state: 'ok' },
    token: { state: 'ok' },
    worker: { state: 'skipped' },
    node: { state: 'ok', says: process.versions.node },
    build: { state: 'ok' },
  });
});

test('no password is ever shown', async () => {
  const text = JSON.stringify(await examine());
  const passwords = [home.url, vhost.amqpUrl].map((url) => `:${new URL(url).password}@`);
  for (const password of [...passwords, 'secret']) expect(text).not.toContain(password);
});

test('an empty database and an empty broker say what is missing and what to do', async () => {
  const [database, broker] = await Promise.all([createTestDatabase(), createTestVhost()]);
  try {
    const { code, checks } = await examine({ DATABASE_URL: database.url, AMQP_URL: broker.amqpUrl });
    expect(code).toBe(1);
    expect(checks).toMatchObject({
      database: { state: 'ok' },
      schema: {
        state: 'wrong',
        says: expect.stringContaining('every migration') as string,
        remedy: 'Run `worker migrate`.',
      },
      broker: { state: 'ok' },
      topology: { state: 'wrong', says: expect.stringContaining('queue office.tasks.bulk') as string },
    });
  } finally {
    await Promise.all([database.drop(), broker.drop()]);
  }
});

const changed = (url: string, change: (url: URL) => void) => {
  const other = new URL(url);
  change(other);
  return other.href;
};

test.each([
  ['password', (url: URL) => (url.password = 'wrong')],
  ['place on the server', (url: URL) => (url.pathname = '/nowhere')],
  ['port', (url: URL) => (url.port = '1')],
])('a wrong %s is said of each server, and the rest is looked at all the same', async (_what, change) => {
  const { code, checks } = await examine({
    DATABASE_URL: changed(home.url, change),
    AMQP_URL: changed(vhost.amqpUrl, change),
  });
  expect(code).toBe(1);
  expect(checks).toMatchObject({
    database: { state: 'wrong', remedy: expect.stringContaining('DATABASE_URL') as string },
    schema: { state: 'skipped' },
    broker: { state: 'wrong', remedy: expect.stringContaining('AMQP_URL') as string },
    topology: { state: 'skipped' },
    api: { state: 'ok' },
  });
});

test('addresses that are none are findings like others', async () => {
  const { code, checks } = await examine({ DATABASE_URL: 'somewhere', AMQP_URL: 'somewhere' });
  expect(code).toBe(1);
  expect(checks).toMatchObject({ database: { state: 'wrong' }, broker: { state: 'wrong' } });
});

describe('servers that take connections and say nothing', () => {
  const taken = new Set<Socket>();
  let mute: Server;
  let port: number;
  beforeAll(async () => {
    mute = createServer((socket) => {
      taken.add(socket.on('error', () => undefined).resume());
    }).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    ({ port } = mute.address() as { port: number });
  });
  afterAll(() => {
    mute.close();
    for (const socket of taken) socket.destroy();
  });

  test('are not waited for', async () => {
    const { code, checks } = await examine(
      {
        DATABASE_URL: `mysql://a:b@127.0.0.1:${port}/c`,
        AMQP_URL: `amqp://a:b@127.0.0.1:${port}`,
        OFFICE_URL: `http://127.0.0.1:${port}`,
      },
      100,
    );
    expect(code).toBe(1);
    expect(checks).toMatchObject({
      database: { state: 'wrong', says: expect.stringContaining('no answer within 0.1 s') as string },
      broker: { state: 'wrong', says: expect.stringContaining('no answer within 0.1 s') as string },
      api: { state: 'wrong', says: expect.stringContaining('no answer in time') as string },
      token: { state: 'skipped' },
    });
  });
});

describe('the API', () => {
  test('that is not ready says why', async () => {
    api.routes['GET /healthz/ready'] = { status: 503, body: { status: 'not ok', reasons: ['schema gate: no tables'] } };
    const { code, checks } = await examine();
    expect(code).toBe(1);
    expect(checks).toMatchObject({
      api: { state: 'wrong', says: 'not ready: schema gate: no tables' },
      token: { state: 'skipped' },
    });
  });

  test('that is something else is found out', async () => {
    api.routes['GET /healthz/ready'] = { body: '<html>' };
    expect((await examine()).checks).toMatchObject({
      api: { state: 'wrong', says: expect.stringContaining('something else') as string },
    });
  });

  test('that does not know the token says how to get one', async () => {
    api.routes['GET /api/tasks'] = problem(401, 'TOKEN_INVALID', 'the token is not valid');
    expect((await examine()).checks).toMatchObject({
      token: { state: 'wrong', remedy: expect.stringContaining('token create') as string },
    });
    expect((await examine({ OFFICE_TOKEN: '' })).checks).toMatchObject({
      token: { state: 'wrong', says: 'there is none' },
    });
  });
});

test('what nobody has named is skipped; nothing named at all is a mistake', async () => {
  const { code, checks } = await examine({ AMQP_URL: '', OFFICE_URL: '', OFFICE_TOKEN: '' });
  expect(code).toBe(0);
  expect(checks).toMatchObject({
    broker: { state: 'skipped' },
    topology: { state: 'skipped' },
    api: { state: 'skipped' },
    token: { state: 'skipped' },
  });
  const nothing = testSurroundings();
  expect(await office(['doctor'], nothing)).toBe(2);
  expect(nothing.stderr.text()).toContain('DATABASE_URL, AMQP_URL, OFFICE_URL and OFFICE_TOKEN');
});
