import type { OfficeEvent } from '@sorting-office/broker';
import { createChannel, createSession } from 'better-sse';
import type { Response } from 'express';
import { Problem } from '../http/problem';
import type { Route } from '../http/route';

interface Listener extends Record<string, unknown> {
  accountId: string;
  end: () => void;
}

/** Passes events on to the browsers and scripts that listen, each its own account's. */
export class EventStream {
  readonly #perAccount: number;
  readonly #channel = createChannel<Record<string, unknown>, Listener>();
  #closed = false;

  /** @param perAccount how many streams an account may have at a time. */
  constructor(perAccount: number) {
    this.#perAccount = perAccount;
  }

  readonly route: Route = {
    method: 'get',
    path: '/api/events',
    summary: 'Server-sent events: what happens to the tasks of the account, while it happens',
    tag: 'events',
    answers: {
      200: { description: 'text/event-stream; the event is named after its type (`task.succeeded`, …)' },
    },
    handle: async (request, response: Response) => {
      const { accountId } = response.locals as { accountId: string };
      // A stream is never over for who asks for its head alone, and nobody would tell it of a listener that has gone already.
      if (request.method === 'HEAD') response.type('text/event-stream').end();
      if (request.method === 'HEAD' || response.destroyed || request.socket.destroyed) return;
      if (this.#of(accountId) >= this.#perAccount)
        throw new Problem(429, 'STREAMS_TOO_MANY', `an account may have ${this.#perAccount} event streams at a time`);
      const session = await createSession<Listener>(request, response, {
        state: { accountId, end: () => response.end() },
      });
      // What is written between the stream's end and its reader's has nobody left to read it.
      response.on('error', () => undefined);
      this.#channel.register(session);
      if (this.#closed) response.end();
    },
  };

  #of(accountId: string): number {
    return this.#channel.activeSessions.filter(({ state }) => state.accountId === accountId).length;
  }

  /** How many listen. */
  get listeners(): number {
    return this.#channel.sessionCount;
  }

  tell(event: OfficeEvent): void {
    this.#channel.broadcast(event, event.type, { filter: ({ state }) => state.accountId === event.accountId });
  }

  /**
   * Ends every stream in good order, those that are yet to begin included. That is how server-sent events say "ask again": listeners do
   * after `retry` milliseconds, which each stream begins with, and any other answer than a stream would be the last that they ask for.
   */
  close(): void {
    this.#closed = true;
    for (const { state } of this.#channel.activeSessions) state.end();
  }
}
