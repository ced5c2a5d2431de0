/**
 * TLS to MySQL and RabbitMQ, by the built programs and real servers: who proves who they are is spoken to, encrypted; who does not is
 * told no password, by API, worker and CLI alike.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseConfig, databaseServer, openDatabase } from '@sorting-office/db';
import { type Certificate, installedSource, Management, type Servers, startServers } from '@sorting-office/stack';
import { createConnection } from 'mysql2/promise';
import { Authority } from './testing/certificates';
import { Program } from './testing/program';

let folder: string;
let authority: Authority;
let stranger: Authority;
let shown: Certificate;
let servers: Servers;
let programs: Program[];
let relays: Server[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-tls-'));
  [authority, stranger] = [new Authority(folder, 'authority'), new Authority(folder, 'stranger')];
  shown = authority.sign('localhost');
  servers = await startServers({ sources: [installedSource], certificate: () => shown });
  const admin = await createConnection(servers.database.url);
  // Whom the server lets in with TLS alone.
  await admin.query("CREATE USER encrypted IDENTIFIED BY 'secret' REQUIRE SSL");
  await admin.query('GRANT ALL ON office.* TO encrypted');
  await admin.end();
}, 120_000);
beforeEach(() => {
  programs = [];
  relays = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.end('SIGKILL')));
  for (const relay of relays) relay.close();
});
afterAll(async () => {
  await servers.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

/** The servers as they must be spoken to: by name, with TLS. */
const trusting = (): Record<string, string> => ({
  DATABASE_URL: `mysql://encrypted:secret@localhost:${new URL(servers.database.url).port}/office`,
  DATABASE_TLS: 'verify',
  DATABASE_CA_FILE: authority.path,
  AMQP_URL: servers.broker.tlsUrl ?? '',
  AMQP_TLS: 'verify',
  AMQP_CA_FILE: authority.path,
  API_HOST: '127.0.0.1',
  API_PORT: '0',
  HEALTH_HOST: '127.0.0.1',
  HEALTH_PORT: '0',
});

function start(app: string, env: Record<string, string>, ...args: string[]): Program {
  const program = new Program(app, args, env);
  programs.push(program);
  return program;
}

interface Refusal {
  code: string;
  says: RegExp;
}

/** API, worker and doctor refuse a server, each with the code and the reason. */
async function refused(
  what: 'database' | 'broker',
  env: Record<string, string>,
  { code, says }: Refusal,
): Promise<void> {
  const whole = { ...trusting(), ...env };
  const doctor = start('cli', whole, 'doctor', '--json');
  const [api, worker] = [start('api', whole), start('worker', whole)];
  const logged = new RegExp(`"reason":".*${says.source}.*"code":"${code}"`);
  await Promise.all([api.said(logged), worker.said(logged)]);
  expect((await doctor.exited).code).toBe(1);
  const { checks } = JSON.parse(doctor.output.join('\n')) as { checks: { name: string }[] };
  expect(checks.find(({ name }) => name === what)).toMatchObject({
    state: 'wrong',
    code,
    says: expect.stringMatching(says) as string,
  });
}

const misnamed = /does not match/;
const wrongAuthority = /self-signed certificate in certificate chain|unable to verify|unable to get/;
const noDatabase = { code: 'DATABASE_TLS_REFUSED' };
const noBroker = { code: 'BROKER_TLS_REFUSED' };

test('servers that prove who they are are spoken to, and nothing is in the clear', async () => {
  const migrated = start('worker', trusting(), 'migrate');
  expect((await migrated.exited).code).toBe(0);
  const [api, worker] = [start('api', trusting()), start('worker', trusting())];
  await Promise.all([api.said(/ready: \d+ tables verified/), worker.said(/waiting for tasks/)]);

  const database = openDatabase(databaseServer(databaseConfig.parse(trusting())));
  const [cipher] = await database.read((db) => db.rows<{ Value: string }>("SHOW STATUS LIKE 'Ssl_cipher'"));
  await database.close();
  expect(cipher?.Value).toMatch(/^TLS_/);

  const connections = await connectionsOf(servers, 4);
  expect(connections.filter(({ ssl }) => !ssl)).toEqual([]);

  const doctor = start('cli', trusting(), 'doctor', '--json');
  await doctor.exited;
  const { checks } = JSON.parse(doctor.output.join('\n')) as { checks: { name: string; state: string }[] };
  for (const name of ['database', 'schema', 'broker', 'topology'])
    expect(checks.find((check) => check.name === name)).toMatchObject({ state: 'ok' });
  const token = start('cli', trusting(), 'token', 'create', '--account', 'owner');
  expect((await token.exited).code).toBe(0);
}, 120_000);

test('a server is not believed whose certificate somebody else has signed', async () => {
  await refused('database', { DATABASE_CA_FILE: stranger.path }, { ...noDatabase, says: wrongAuthority });
  await refused('broker', { AMQP_CA_FILE: stranger.path }, { ...noBroker, says: wrongAuthority });
}, 120_000);

test('a server that speaks no TLS, or hides that it does, is told nothing', async () => {
  const heard: Buffer[] = [];
  const downgrading = await relay(trusting()['DATABASE_URL'] ?? '', withoutTls, heard);
  await refused('database', { DATABASE_URL: downgrading }, { ...noDatabase, says: /offers no TLS/ });
  expect(heard).toEqual([]);
  const plain = servers.broker.url.replace('amqp://', 'amqps://').replace('127.0.0.1', 'localhost');
  await refused('broker', { AMQP_URL: plain }, { ...noBroker, says: /speaks no TLS at that port/ });
}, 120_000);

describe.each([
  ['for another name', () => authority.sign('elsewhere.example'), misnamed],
  ['that has expired', () => authority.sign('localhost', { days: -1 }), /expired/],
])('a certificate %s', (_, sign, says) => {
  beforeAll(async () => {
    shown = sign();
    await Promise.all([servers.database.restart(), servers.broker.restart()]);
  }, 120_000);

  test('is not believed', async () => {
    await refused('database', {}, { ...noDatabase, says });
    await refused(
      'broker',
      { DATABASE_URL: servers.database.url, DATABASE_TLS: 'off', DATABASE_CA_FILE: '' },
      { ...noBroker, says },
    );
    const token = start('cli', trusting(), 'token', 'create', '--account', 'owner');
    expect((await token.exited).code).toBe(1);
    expect(token.lines.join('\n')).toContain('does not prove who it is');
  }, 120_000);
});

/** RabbitMQ's connections, once there are so many: its management learns of them some seconds later. */
async function connectionsOf({ broker }: Servers, count: number): Promise<{ ssl: boolean }[]> {
  const management = new Management(broker.managementUrl);
  for (;;) {
    const found = (await management.request('GET', '/api/connections')) as { ssl?: boolean }[];
    const known = found.flatMap(({ ssl }) => (ssl === undefined ? [] : { ssl }));
    if (known.length >= count) return known;
    await sleep(200);
  }
}

/** Takes the offer of TLS out of a server's greeting, as somebody on the way would. */
function withoutTls(greeting: Buffer): Buffer {
  const changed = Buffer.from(greeting);
  // Length and number of the packet, version of the protocol, the server's own up to a zero, session, 8 bytes of salt, a zero.
  const capabilities = changed.indexOf(0, 5) + 1 + 4 + 8 + 1;
  const tls = 0x0800;
  changed.writeUInt16LE(changed.readUInt16LE(capabilities) & ~tls, capabilities);
  return changed;
}

/** A way to a server on which somebody changes its first words; returns its address. `heard`: what clients have said. */
async function relay(url: string, change: (greeting: Buffer) => Buffer, heard: Buffer[]): Promise<string> {
  const { port } = new URL(url);
  const listener = createServer((client: Socket) => {
    const server = connect(Number(port), '127.0.0.1');
    client.on('data', (said: Buffer) => {
      heard.push(said);
      server.write(said);
    });
    server.once('data', (greeting: Buffer) => {
      client.write(change(greeting));
      server.pipe(client);
    });
    for (const one of [client, server])
      one.on('error', () => undefined).on('close', () => (client.destroy(), server.destroy()));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  relays.push(listener);
  const through = new URL(url);
  through.host = `localhost:${(listener.address() as AddressInfo).port}`;
  return through.href;
}
