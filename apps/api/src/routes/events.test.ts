import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import express from 'express';
import { jsonBody } from '../http/json-body';
import { ask } from '../testing/raw-http';
import { EventStream } from './events';

test.each([
  ['without a body', []],
  ['with a body', [['Content-Type', 'application/json'] as const]],
])(
  'a listener that asked %s is let go of when it hangs up',
  async (_what, headers) => {
    const stream = new EventStream(1);
    const app = express();
    app.use(jsonBody(1000));
    app.get('/', (request, response) => stream.route.handle(request, response, (run) => run()));
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const body = headers.length > 0 ? Buffer.from('{}') : null;
    // Hangs up as soon as the stream has begun.
    const asking = ask((server.address() as AddressInfo).port, {
      method: 'GET',
      target: '/',
      headers,
      body,
      cut: false,
    });
    const patience = AbortSignal.timeout(5000);
    const listening = async (count: number) => {
      while (stream.listeners !== count) {
        patience.throwIfAborted();
        await nextTurn();
      }
    };
    await listening(1);
    expect((await asking)?.headers.get('content-type')).toBe('text/event-stream');
    await listening(0);
    server.close();
  },
  10_000,
);
