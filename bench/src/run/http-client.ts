import { Agent, request } from 'node:http';
import type { ServedApi } from './served';

export interface Answer {
  status: number;
  body: unknown;
}

/** Asks an API over connections that are kept, as a page or a program does that asks often. */
export class HttpClient {
  readonly #api: ServedApi;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(api: ServedApi) {
    this.#api = api;
  }

  /** Sends JSON; resolves once the answer has come as a whole. */
  post(path: string, body: unknown): Promise<Answer> {
    const content = JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.#api.token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(content),
    };
    return new Promise((resolve, reject) => {
      request(this.#api.url + path, { method: 'POST', agent: this.#agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response
          .on('data', (part: Buffer) => parts.push(part))
          .on('error', reject)
          .on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) }),
          );
      })
        .on('error', reject)
        .end(content);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
