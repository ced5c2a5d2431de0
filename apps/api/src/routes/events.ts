import type { OfficeEvent } from '@sorting-office/broker';
import { createChannel, createSession } from 'better-sse';
import type { Response } from 'express';
import type { Route } from '../http/route';

interface Listener extends Record<string, unknown> {
  accountId: string;
}

/** Passes events on to the browsers and scripts that listen, each its own account's. */
export class EventStream {
  readonly #channel = createChannel<Record<string, unknown>, Listener>();

  readonly route: Route = {
    method: 'get',
    path: '/api/events',
    summary: 'Server-sent events: what happens to the tasks of the account, while it happens',
    tag: 'events',
    answers: { 200: { description: 'text/event-stream; the event is named after its type (`task.succeeded`, …)' } },
    handle: async (request, response: Response) => {
      const { accountId } = response.locals as { accountId: string };
      // A stream is never over for who asks for its head alone, and nobody would tell it of a listener that has gone already.
      if (request.method === 'HEAD') response.type('text/event-stream').end();
      if (request.method === 'HEAD' || response.destroyed || request.socket.destroyed) return;
      const session = await createSession<Listener>(request, response, { state: { accountId } });
      this.#channel.register(session);
    },
  };

  /** How many listen. */
  get listeners(): number {
    return this.#channel.sessionCount;
  }

  tell(event: OfficeEvent): void {
    this.#channel.broadcast(event, event.type, { filter: ({ state }) => state.accountId === event.accountId });
  }
}
