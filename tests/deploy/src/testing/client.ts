import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Asks the API on one connection, which it keeps for as long as the API lets it, and never asks twice. */
export class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly port: number,
    private readonly token: string,
  ) {}

  /** Rejects when the connection breaks or cannot be made. */
  ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.port, agent: this.#agent, method, path, headers }, (response) => {
        const status = response.statusCode ?? 0;
        json(response).then((answer) => resolve({ status, body: answer as Answer['body'] }), reject);
      })
        .once('error', reject)
        .end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
