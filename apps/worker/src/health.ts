import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Telemetry } from '@sorting-office/telemetry';

export interface WorkerHealth {
  /** Why the worker cannot take tasks; empty when it can. */
  notReady(): string[];
  /** Why the worker must be restarted; null when there is no reason. */
  stuck(): Promise<string | null>;
}

/**
 * The only HTTP that a worker speaks: `/healthz/live`, `/healthz/ready` and `/metrics`. Both health paths answer 200 or 503 with
 * `{status, reasons}`.
 */
export async function serveHealth(
  health: WorkerHealth,
  telemetry: Telemetry,
  address: { host: string; port: number },
): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://worker');
    switch (pathname) {
      case '/healthz/live':
        health.stuck().then(
          (reason) => answer(response, reason === null ? [] : [reason]),
          // Asking RabbitMQ failed: the connection's own loss is being dealt with, and is no reason to restart.
          () => answer(response, []),
        );
        return;
      case '/healthz/ready':
        answer(response, health.notReady());
        return;
      case '/metrics':
        telemetry.serveMetrics(request, response);
        return;
      default:
        response.writeHead(404).end();
    }
  });
  server.listen(address.port, address.host);
  await once(server, 'listening');
  return server;
}

function answer(response: ServerResponse, reasons: string[]): void {
  response
    .writeHead(reasons.length === 0 ? 200 : 503, { 'content-type': 'application/json' })
    .end(JSON.stringify({ status: reasons.length === 0 ? 'ok' : 'not ok', reasons }));
}
