/** A small HTTP server that plays the API: for each route what it answers, call by call. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface PlayedAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON; a string as it is. */
  body: unknown;
}

export interface PlayedRequest {
  /** `GET /api/tasks/1`, without the query. */
  route: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** JSON, or a form as it came, a character for each byte. */
  body: unknown;
}

/** `silence`: the request is taken and never answered. */
export type Reaction = PlayedAnswer | 'silence' | (() => PlayedAnswer | 'silence');

export class PlayedApi {
  readonly requests: PlayedRequest[] = [];
  /** Answers by route; the last one of a list is given again and again. What is not here is a 404. */
  readonly routes: Record<string, Reaction | Reaction[]> = {};
  #server = createServer();
  #port = 0;

  static async start(): Promise<PlayedApi> {
    const api = new PlayedApi();
    await api.listen();
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, again at the same address when it has listened before. */
  async listen(): Promise<void> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Lets go of everybody and refuses connections. */
  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** The requests that a route has had. */
  asked(route: string): PlayedRequest[] {
    return this.requests.filter((request) => request.route === route);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const route = `${request.method ?? ''} ${pathname}`;
    const body = await bodyOf(request);
    this.requests.push({ route, query: searchParams, headers: request.headers, body });
    const planned = this.routes[route] ?? problem(404, 'NOT_FOUND', `there is nothing at ${route}`);
    const reaction = Array.isArray(planned)
      ? (planned[Math.min(this.asked(route).length, planned.length) - 1] ?? 'silence')
      : planned;
    const answer = typeof reaction === 'function' ? reaction() : reaction;
    if (answer === 'silence') return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const sent = await buffer(request);
  if (request.headers['content-type']?.startsWith('multipart/')) return sent.toString('latin1');
  return sent.length === 0 ? undefined : JSON.parse(sent.toString());
}

export const problem = (
  status: number,
  code: string,
  detail: string,
  more: { errors?: unknown; headers?: Record<string, string> } = {},
): PlayedAnswer => ({
  status,
  body: {
    type: 'about:blank',
    title: 'Error',
    status,
    code,
    detail,
    ...(more.errors !== undefined && { errors: more.errors }),
  },
  ...(more.headers && { headers: more.headers }),
});
