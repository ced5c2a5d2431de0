import type { OfficeEvent } from '@sorting-office/broker';
import type { Bearer } from '@sorting-office/db';
import { createChannel, createSession } from 'better-sse';
import type { Response } from 'express';
import type { AccessWatch, Watched } from '../access/access-watch';
import { Problem } from '../http/problem';
import type { Route } from '../http/route';

interface Listener extends Record<string, unknown> {
  accountId: string;
  end: () => void;
}

export interface EventStreamOptions {
  /** How many streams an account may have at a time. */
  perAccount: number;
  /** Ends a stream once its token or session is over. */
  watch: Pick<AccessWatch, 'add' | 'forget'>;
}

/** Passes events on to the browsers and scripts that listen, each its own account's. */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #channel = createChannel<Record<string, unknown>, Listener>();
  /** Those that are yet to begin included. */
  readonly #streamsOf = new Map<string, number>();
  #closed = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
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
      const { accountId, tokenId, sessionId } = response.locals as Bearer;
      // A stream is never over for who asks for its head alone, and nobody would tell it of a listener that has gone already.
      if (request.method === 'HEAD') response.type('text/event-stream').end();
      if (request.method === 'HEAD' || response.destroyed || request.socket.destroyed) return;
      // One that is yet to begin ends at the watch's next look, or below.
      const end = () => {
        if (response.headersSent) response.end();
      };
      // Before anything is waited for: others ask at the same time.
      this.#reserve({ accountId, tokenId, sessionId, end }, response);
      const session = await createSession<Listener>(request, response, { state: { accountId, end } });
      // What is written between the stream's end and its reader's has nobody left to read it.
      response.on('error', () => undefined);
      this.#channel.register(session);
      if (this.#closed) response.end();
    },
  };

  /** Takes one of the account's streams, until the response is closed. @throws Problem STREAMS_TOO_MANY */
  #reserve(watched: Watched & { accountId: string }, response: Response): void {
    const { perAccount, watch } = this.#options;
    const { accountId } = watched;
    const streams = this.#streamsOf.get(accountId) ?? 0;
    if (streams >= perAccount)
      throw new Problem(429, 'STREAMS_TOO_MANY', `an account may have ${perAccount} event streams at a time`);
    this.#streamsOf.set(accountId, streams + 1);
    watch.add(watched);
    response.once('close', () => {
      watch.forget(watched);
      const left = (this.#streamsOf.get(accountId) ?? 1) - 1;
      if (left > 0) this.#streamsOf.set(accountId, left);
      else this.#streamsOf.delete(accountId);
    });
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
