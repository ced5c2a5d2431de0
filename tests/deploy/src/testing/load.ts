import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client';

/** More of them say no more. */
const shown = 10;

/** A request that was not answered as it should be. */
export interface Failed {
  readonly request: string;
  readonly answer: string;
}

const queues = ['interactive', 'default', 'bulk'] as const;
/** How long a client thinks between two requests, in milliseconds: busy ones, and one whose connection is idle most of the time. */
const thinking = [30, 40, 50, 1200];

/** Clients that enqueue tasks and look at them, one request after the other on a connection of their own. */
export class Load {
  readonly enqueued: string[] = [];
  readonly #failed: Failed[] = [];
  requests = 0;
  readonly #clients: readonly Client[];
  readonly #over = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(client: () => Client) {
    this.#clients = thinking.map(client);
    this.#running = Promise.all(this.#clients.map((each, index) => this.#keepAsking(each, thinking[index] ?? 0)));
  }

  /** The first ones that failed. */
  get failed(): readonly Failed[] {
    return this.#failed.slice(0, shown);
  }

  /** Resolves when what is under way has been answered. */
  async stop(): Promise<void> {
    this.#over.abort();
    await this.#running;
    for (const client of this.#clients) client.close();
  }

  async #keepAsking(client: Client, thinkMs: number): Promise<void> {
    const { signal } = this.#over;
    for (let turn = 0; !signal.aborted; turn++) {
      const id = await this.#ask(client, 'POST', `/api/tasks/${queues[turn % queues.length] ?? ''}_effect`, 202);
      if (id !== undefined) {
        this.enqueued.push(id);
        await this.#ask(client, 'GET', `/api/tasks/${id}`, 200);
      }
      await delay(thinkMs, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  /** The task's id, if the answer is as it should be. */
  async #ask(client: Client, method: string, path: string, expected: number): Promise<string | undefined> {
    this.requests++;
    try {
      const { status, body } = await client.ask(method, path, method === 'POST' ? { holdMs: 100 } : undefined);
      if (status === expected) return String(body['id']);
      this.#failed.push({ request: `${method} ${path}`, answer: `${status} ${JSON.stringify(body)}` });
    } catch (error) {
      this.#failed.push({ request: `${method} ${path}`, answer: String(error) });
    }
    return undefined;
  }
}
