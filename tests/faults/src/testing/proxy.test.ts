import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { CommitSpotter } from './commit-spotter';
import { Proxy } from './proxy';
import { until } from './until';

/** A MySQL client's packet with a query. */
function query(sql: string): Buffer {
  const payload = Buffer.concat([Buffer.from([3]), Buffer.from(sql)]);
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  return Buffer.concat([header, payload]);
}

describe('the proxy', () => {
  let echo: Server;
  let inside: Socket[];
  let proxy: Proxy;
  let client: Socket;
  let received: string;
  let closed: Promise<unknown>;
  /** What the server has received. */
  let arrived: string;

  beforeEach(async () => {
    inside = [];
    arrived = '';
    echo = createServer((socket) => {
      inside.push(socket.on('error', () => undefined));
      socket.on('data', (bytes) => {
        arrived += bytes.toString('latin1');
        socket.write(bytes);
      });
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await Proxy.open(`tcp://127.0.0.1:${(echo.address() as AddressInfo).port}`);
    client = await open();
    await talk();
  });

  afterEach(async () => {
    client.destroy();
    await proxy.close();
    for (const socket of inside) socket.destroy();
    echo.close();
  });

  async function open(): Promise<Socket> {
    const { port } = new URL(proxy.through('tcp://elsewhere:1'));
    const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    received = '';
    socket.on('data', (bytes) => (received += bytes.toString('latin1')));
    closed = new Promise((resolve) => socket.once('close', resolve));
    await once(socket, 'connect');
    return socket;
  }

  async function talk(): Promise<void> {
    client.write('hello');
    await until('the echo', () => received.includes('hello'));
  }

  test('passes bytes on in their order, late when it is told to, and the end too', async () => {
    proxy.delay(20);
    for (const word of ['one ', 'two ']) client.write(word);
    proxy.pass();
    client.write('three');
    await until('the echo', () => received === 'helloone two three');
    client.end();
    await until('the end', () => inside[0]?.readableEnded === true);
  });

  test('cuts what is open, and lets the next one through', async () => {
    proxy.cut();
    await closed;
    await until('the server to be told', () => inside[0]?.destroyed === true);
    client = await open();
    await talk();
  });

  test('refuses, until it passes again', async () => {
    proxy.refuse();
    await closed;
    const refused = connect(Number(new URL(proxy.through('tcp://x:1')).port), '127.0.0.1');
    await new Promise((resolve) => refused.on('error', () => undefined).once('close', resolve));
    proxy.pass();
    client = await open();
    await talk();
  });

  test('swallows without a word, and what was swallowed stays lost', async () => {
    proxy.blackhole();
    client.write('lost');
    inside[0]?.write('lost too');
    const later = connect(Number(new URL(proxy.through('tcp://x:1')).port), '127.0.0.1');
    await once(later, 'connect');
    proxy.pass();
    client.write('lost as well');
    const { received: before } = { received };
    const other = client;
    client = await open();
    await talk();
    expect([before, other.destroyed, inside[0]?.destroyed]).toEqual(['hello', false, false]);
    expect(arrived).toBe('hellohello');
    later.destroy();
    other.destroy();
    await once(other, 'close');
    client.write('more');
    await until('the echo', () => received === 'hellomore');
    expect(inside[0]?.readableEnded).toBe(false);
  });

  test('half-opens: one side is gone, and the other is not told', async () => {
    proxy.halfOpen('server');
    await until('the server to be told', () => inside[0]?.destroyed === true);
    client.write('anybody?');
    expect(client.destroyed).toBe(false);
    const other = client;
    client = await open();
    await talk();
    expect(other.destroyed).toBe(false);
    other.destroy();

    proxy.halfOpen('client');
    await closed;
    expect(inside[1]?.destroyed).toBe(false);
  });

  test('cuts at a COMMIT, before the server has it', async () => {
    client.destroy();
    client = await open();
    proxy.faultCommits(['before']);
    client.write(query('SELECT 1'));
    await until('the answer', () => received.includes('SELECT 1'));
    client.write(query('COMMIT;'));
    await closed;
    expect(arrived).not.toContain('COMMIT');
    expect(proxy.commitFaultsLeft).toBe(0);
  });

  test('cuts at a COMMIT, after the server has it and before its answer', async () => {
    client.destroy();
    client = await open();
    proxy.faultCommits(['after']);
    client.write(query('COMMIT;'));
    await closed;
    expect(arrived).toContain('COMMIT');
    expect(received).not.toContain('COMMIT');
  });
});

test('a COMMIT is found in whatever pieces it comes, and nothing else is taken for one', () => {
  const bytes = Buffer.concat([query(`SELECT '${'x'.repeat(70_000)}'`), query('commit'), query("SELECT 'COMMIT'")]);
  for (const size of [1, 3, 7, 1000, 100_000]) {
    const spotter = new CommitSpotter();
    let seen = 0;
    for (let from = 0; from < bytes.length; from += size) if (spotter.sees(bytes.subarray(from, from + size))) seen++;
    expect({ size, seen }).toEqual({ size, seen: 1 });
  }
});
