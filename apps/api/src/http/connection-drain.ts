/**
 * Takes a server out of service without cutting anybody: connections that are kept are told to go before they are closed.
 *
 * ```
 *   serving --begin()--> draining: still listening, each answer says `Connection: close`
 *                           \--close()--> closed to new connections, those that nobody uses are gone
 *                                            \--requests under way have ended, or are cut when the signal aborts--> over
 * ```
 *
 * Node's own `close` alone would not do: it leaves kept connections no time to learn of it, takes an answer that is still being sent for
 * one that has arrived, and waits for connections on which nothing was ever asked.
 */
import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export class ConnectionDrain {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #answers = new Set<ServerResponse>();
  #draining = false;
  #closing = false;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.prependListener('request', (request, response) => this.#follow(response, request.socket));
  }

  /** From now on every answer asks for a connection of its own the next time, those to requests under way included. */
  begin(): void {
    this.#draining = true;
    for (const answer of this.#answers) sayClose(answer);
  }

  /**
   * Listens no more, and resolves when the last connection has ended.
   *
   * @param bound when it aborts, whatever is still open is cut.
   */
  async close(bound: AbortSignal): Promise<void> {
    // In one turn with what follows: an answer may be given in any other.
    for (let sending = this.#sending(); sending.length > 0 && !bound.aborted; sending = this.#sending())
      await untilSent(sending, bound);
    const closed = once(this.#server, 'close');
    this.#closing = true;
    this.#server.close();
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
    const cut = () => this.#server.closeAllConnections();
    if (bound.aborted) cut();
    else bound.addEventListener('abort', cut, { once: true });
    await closed;
    bound.removeEventListener('abort', cut);
  }

  #follow(answer: ServerResponse, socket: Socket): void {
    this.#answers.add(answer);
    if (this.#draining) sayClose(answer);
    answer.once('close', () => {
      this.#answers.delete(answer);
      // Its headers had promised to keep the connection.
      if (this.#closing) socket.destroySoon();
    });
  }

  /** Answers that have been given and have not left this process: what their readers are slow to take would be lost with it. */
  #sending(): ServerResponse[] {
    return [...this.#answers].filter((answer) => answer.writableEnded);
  }
}

/** Resolves, too, when the signal aborts first. */
async function untilSent(answers: readonly ServerResponse[], bound: AbortSignal): Promise<void> {
  const sent = answers.map((answer) => once(answer, 'close', { signal: bound }));
  await Promise.all(sent).catch((error: unknown) => {
    if (!bound.aborted) throw error;
  });
}

function sayClose(answer: ServerResponse): void {
  if (!answer.headersSent) answer.setHeader('connection', 'close');
}
