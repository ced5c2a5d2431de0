import { StackError } from '../errors';

/** The few requests that a start makes of the API. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether the API takes the token as an operator's: one that an earlier release has left is not. */
  async acceptsOperator(): Promise<boolean> {
    const response = await this.#request('GET', '/api/token');
    if (response.status === 401) return false;
    const { scope } = JSON.parse(await this.#check(response, 'GET /api/token')) as { scope?: unknown };
    return scope === 'operator';
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

  async #check(response: Response, what: string): Promise<string> {
    const text = await response.text();
    if (!response.ok) throw new StackError('API_REFUSED', `${what}: ${response.status} ${text.slice(0, 500)}`);
    return text;
  }
}
