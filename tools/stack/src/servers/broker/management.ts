import { StackError } from '../../errors';

/** RabbitMQ's management HTTP API. */
export class Management {
  readonly #base: string;
  readonly #authorization: string;

  /** @param url with user and password, e.g. `http://guest:guest@127.0.0.1:15672` */
  constructor(url: string) {
    const { origin, username, password, pathname } = new URL(url);
    this.#base = origin + pathname.replace(/\/$/, '');
    this.#authorization = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  }

  /**
   * One request; the path begins with `/api/`.
   * @returns the parsed answer, undefined when it has no body
   * @throws StackError MANAGEMENT_REFUSED for a status of 400 and above; fetch's error when nobody answers.
   */
  async request(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const response = await askedAgain(() =>
      fetch(this.#base + path, {
        method,
        headers: {
          authorization: this.#authorization,
          // The node closes connections that have been idle, also at the moment in which one is used again.
          connection: 'close',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      }),
    );
    const text = await response.text();
    if (!response.ok)
      throw new StackError('MANAGEMENT_REFUSED', `${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  /**
   * Resolves when the node accepts AMQP connections on this port and has its virtual hosts; one look.
   * @throws like `request` while it does not.
   */
  async whenServing(port: number, signal?: AbortSignal): Promise<void> {
    await this.request('GET', `/api/health/checks/port-listener/${port}`, undefined, signal);
    await this.request('GET', '/api/health/checks/virtual-hosts', undefined, signal);
  }

  /** @returns e.g. "rabbitmq 3.10.8" */
  async version(signal?: AbortSignal): Promise<string> {
    const overview = (await this.request('GET', '/api/overview', undefined, signal)) as { rabbitmq_version: string };
    return `rabbitmq ${overview.rabbitmq_version}`;
  }
}

/** How often a request is made whose connection the node closes without an answer, as a busy one does. */
const TRIES = 3;

/** Asks again when the node has hung up. Everything that is asked here can be asked twice. */
async function askedAgain(ask: () => Promise<Response>): Promise<Response> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await ask();
    } catch (error) {
      const hungUp = (error as { cause?: { code?: unknown } | null }).cause?.code === 'UND_ERR_SOCKET';
      if (!hungUp || left === 0) throw error;
    }
  }
}
