import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OfficeEvent } from '@sorting-office/broker';
import express from 'express';
import { jsonBody } from '../http/json-body';
import { KeptConnection } from '../testing/kept-connection';
import { ask } from '../testing/raw-http';
import { EventStream } from './events';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** @param together how many requests are waited for before any goes on. */
async function serve({ together = 1 } = {}) {
  const watched = new Set<unknown>();
  const watch = { add: (one: unknown) => void watched.add(one), forget: (one: unknown) => void watched.delete(one) };
  const stream = new EventStream({ perAccount: 2, watch });
  const app = express();
  app.use(jsonBody(1000));
  const waiting: (() => void)[] = [];
  app.use((_request, _response, next) => {
    waiting.push(() => next());
    if (waiting.length >= together) for (const go of waiting.splice(0)) go();
  });
  app.get('/', (request, response) => {
    response.locals['accountId'] = 'mine';
    return stream.route.handle(request, response, (run) => run());
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const patience = AbortSignal.timeout(5000);
  const listening = async (count: number) => {
    while (stream.listeners !== count) {
      patience.throwIfAborted();
      await nextTurn();
    }
  };
  return { stream, watched, port: (server.address() as AddressInfo).port, listening };
}

test.each([
  ['without a body', []],
  ['with a body', [['Content-Type', 'application/json'] as const]],
])(
  'a listener that asked %s is let go of when it hangs up',
  async (_what, headers) => {
    const { port, listening, watched } = await serve();
    const body = headers.length > 0 ? Buffer.from('{}') : null;
    // Hangs up as soon as the stream has begun.
    const asking = ask(port, { method: 'GET', target: '/', headers, body, cut: false });
    await listening(1);
    expect((await asking)?.headers.get('content-type')).toBe('text/event-stream');
    await listening(0);
    expect(watched.size).toBe(0);
  },
  10_000,
);

test('of more that begin at the same time than an account may have, no more begin', async () => {
  const { port, listening, watched } = await serve({ together: 5 });
  const all = await Promise.all(Array.from({ length: 5 }, () => KeptConnection.open(port)));
  for (const one of all) one.ask('/');
  const heads = await Promise.all(all.map((one) => one.until(/\r\n\r\n/)));
  expect(heads.map((head) => head.slice(9, 12)).sort()).toEqual(['200', '200', '429', '429', '429']);
  expect(watched.size).toBe(2);
  all.find((_one, n) => heads[n]?.startsWith('HTTP/1.1 200'))?.close();
  await listening(1);
  for (const one of all) one.close();
  await listening(0);
});

test('streams that are closed end, and so do those that begin later; what happens meanwhile harms nobody', async () => {
  const { stream, port, listening } = await serve();
  const before = await KeptConnection.open(port);
  before.ask('/');
  await listening(1);
  stream.close();
  const event: OfficeEvent = {
    type: 'task.succeeded',
    taskId: randomUUID(),
    accountId: 'mine',
    name: 'greet',
    attempt: 1,
    rootId: randomUUID(),
    batchId: null,
    at: new Date().toISOString(),
  };
  stream.tell(event);
  expect(await before.until(/0\r\n\r\n$/)).toContain('retry:');
  const after = await KeptConnection.open(port);
  after.ask('/');
  expect(await after.until(/0\r\n\r\n$/)).toContain('retry:');
  await listening(0);
  before.close();
  after.close();
});
