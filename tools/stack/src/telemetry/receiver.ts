import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ReceivedSpan, readSpans } from './otlp';

export interface Receiver {
  /** What to say to programs in OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A collector that keeps nothing: takes traces by OTLP over HTTP, as JSON, on a free port of this machine alone.
 *
 * @param onSpans told of the spans of each request, in the order in which they come.
 */
export async function startReceiver(onSpans: (spans: ReceivedSpan[]) => void): Promise<Receiver> {
  const server = createServer((request, response) => {
    const answer = (status: number) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? '{}' : undefined);
    if (request.method !== 'POST' || request.url !== '/v1/traces') {
      answer(404);
      return;
    }
    text(request).then(
      (body) => {
        let spans: ReceivedSpan[];
        try {
          spans = readSpans(body);
        } catch {
          // No OTLP, or not as JSON: whoever sends it is told so, and need not try again.
          answer(400);
          return;
        }
        onSpans(spans);
        answer(200);
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
