import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { KeptConnection } from '../testing/kept-connection';
import { ConnectionDrain } from './connection-drain';

const never = new AbortController().signal;
const end = /\r\n\r\nyes$/;
const yes: RequestListener = (_request, response) => response.end('yes');

let server: Server;
let connections: KeptConnection[];
beforeEach(() => (connections = []));
afterEach(() => {
  for (const connection of connections) connection.close();
  server.closeAllConnections();
  server.close();
});

async function serve(answer: RequestListener) {
  // So that connections are kept for longer than a test lasts.
  server = createServer({ keepAliveTimeout: 60_000 }, answer);
  const drain = new ConnectionDrain(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const open = async () => {
    const connection = await KeptConnection.open(port);
    connections.push(connection);
    return connection;
  };
  return { drain, open };
}

/** Requests that are answered when the test says so. */
function patience() {
  const waiting: (() => void)[] = [];
  const came: (() => void)[] = [];
  const answer: RequestListener = (_request, response) => {
    waiting.push(() => response.end('yes'));
    came.shift()?.();
  };
  const asked = (ask: () => void) => {
    const here = new Promise<void>((resolve) => came.push(resolve));
    ask();
    return here;
  };
  return { answer, asked, giveAll: () => waiting.splice(0).forEach((give) => give()) };
}

test('a kept connection is answered while it drains, told to go, and not reset', async () => {
  const { drain, open } = await serve(yes);
  const kept = await open();
  kept.ask('/');
  expect(await kept.until(end)).toContain('Connection: keep-alive');
  drain.begin();
  kept.ask('/');
  expect(await kept.until(end)).toMatch(/^HTTP\/1.1 200 OK\r\nconnection: close/);
  expect(await kept.ended).toBe('in good order');
  await drain.close(never);
});

test('new connections are taken while it drains, and refused when it has closed', async () => {
  const { drain, open } = await serve(yes);
  drain.begin();
  const late = await open();
  late.ask('/');
  expect(await late.until(end)).toContain('connection: close');
  await drain.close(never);
  await expect(open()).rejects.toThrow('ECONNREFUSED');
});

test('connections that nobody uses are no reason to wait, whether something was ever asked on them or not', async () => {
  const { drain, open } = await serve(yes);
  const [used, unused] = [await open(), await open()];
  used.ask('/');
  await used.until(end);
  await drain.close(never);
  await expect(Promise.all([used.ended, unused.ended])).resolves.toEqual(['in good order', 'in good order']);
});

test('a request under way is answered after it has closed, and its connection is told to go', async () => {
  const { answer, asked, giveAll } = patience();
  const { drain, open } = await serve(answer);
  const kept = await open();
  await asked(() => kept.ask('/'));
  drain.begin();
  const over = drain.close(never);
  giveAll();
  expect(await kept.until(end)).toContain('connection: close');
  await over;
});

test('a request that is half here is waited for', async () => {
  const { drain, open } = await serve(yes);
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const slow = await open();
  slow.send('GET / HTTP/1.1\r\n');
  const [socket] = await accepted;
  while (socket.bytesRead === 0) await nextTurn();
  drain.begin();
  const over = drain.close(never);
  slow.send('Host: localhost\r\n\r\n');
  expect(await slow.until(end)).toContain('connection: close');
  await over;
});

test('a connection whose answer had begun before is closed behind it', async () => {
  const { answer, asked, giveAll } = patience();
  const { drain, open } = await serve((request, response) => {
    response.writeHead(200, { 'content-length': 3 }).flushHeaders();
    answer(request, response);
  });
  const kept = await open();
  await asked(() => kept.ask('/'));
  await kept.until(/keep-alive/);
  drain.begin();
  const over = drain.close(never);
  giveAll();
  expect(await kept.until(/yes/)).toBe('yes');
  await over;
});

test('an answer that its reader is slow to take arrives whole', async () => {
  const length = 32 * 1024 * 1024;
  const { answer, asked } = patience();
  const { drain, open } = await serve((request, response) => {
    response.end('x'.repeat(length));
    answer(request, response);
  });
  const slow = await open();
  slow.pause();
  await asked(() => slow.ask('/'));
  drain.begin();
  const over = drain.close(never);
  slow.resume();
  await slow.ended;
  expect(slow.received.length - slow.received.indexOf('\r\n\r\n') - 4).toBe(length);
  await over;
});

test('what does not end is cut when the signal aborts', async () => {
  const { answer, asked } = patience();
  const { drain, open } = await serve(answer);
  const kept = await open();
  await asked(() => kept.ask('/'));
  const bound = new AbortController();
  const over = drain.close(bound.signal);
  bound.abort();
  await over;
  await kept.ended;
});
