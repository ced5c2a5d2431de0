import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which one request is asked after the other, as clients and proxies keep it. Speaks no more HTTP than a test can see. */
export class KeptConnection {
  /** Everything that has come so far. */
  received = '';
  /** Resolves when the server has ended it: `reset`, or in good order. */
  readonly ended: Promise<'reset' | 'in good order'>;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => (this.received += chunk.toString('latin1')));
    this.ended = new Promise((resolve) => {
      socket.once('error', () => resolve('reset'));
      socket.once('end', () => resolve('in good order'));
    });
  }

  /** Rejects when nobody listens. */
  static async open(port: number): Promise<KeptConnection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new KeptConnection(socket);
  }

  /** @param more further headers, each with its line's end; whatever follows the headers. */
  ask(target: string, more = ''): void {
    this.send(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`);
  }

  send(text: string): void {
    this.#socket.write(text);
  }

  /** Reads no more until it is resumed: what is sent to it waits on its way. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Resolves with what has come since the last time, once that matches. Rejects when the server ends it first. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.received)) {
      if (this.#socket.readableEnded || this.#socket.destroyed) throw new Error(`ended with ${this.received}`);
      await Promise.race([once(this.#socket, 'data'), this.ended]);
    }
    const { received } = this;
    this.received = '';
    return received;
  }

  close(): void {
    this.#socket.destroy();
  }
}
