import { StackError } from '../errors';

/** The few requests that a start makes of the API. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether the API takes the token. */
  async accepts(): Promise<boolean> {
    const response = await this.#request('GET', '/api/tasks?limit=1');
    if (response.status === 401) return false;
    await this.#check(response, 'GET /api/tasks');
    return true;
  }

  /** Makes a Maildir known under a name; again is fine. */
  async addMaildir(name: string, path: string): Promise<void> {
    await this.#check(
      await this.#request('POST', '/api/mailboxes', { name, kind: 'maildir', path }),
      'POST /api/mailboxes',
    );
  }

  #request(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method,
      signal: this.signal,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async #check(response: Response, what: string): Promise<void> {
    const text = await response.text();
    if (!response.ok) throw new StackError('API_REFUSED', `${what}: ${response.status} ${text.slice(0, 500)}`);
  }
}
