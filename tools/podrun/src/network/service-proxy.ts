import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from './endpoints';

/**
 * A Service's address: hands each connection to one endpoint, as kube-proxy does it. A connection that was made stays with
 * its pod whatever becomes of the endpoint; where there is none, it is refused.
 */
export class ServiceProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly next: () => Endpoint | undefined) {
    this.#server = createServer((socket) => this.#pass(socket));
  }

  /** @param port 0 for any that is free */
  static async listen(next: () => Endpoint | undefined, ip = '127.0.0.1', port = 0): Promise<ServiceProxy> {
    const proxy = new ServiceProxy(next);
    proxy.#server.listen(port, ip);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends all connections with it. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #pass(client: Socket): void {
    const endpoint = this.next();
    if (!endpoint) {
      client.resetAndDestroy();
      return;
    }
    const pod = connect(endpoint.port, endpoint.ip);
    this.#join(client, pod);
    this.#join(pod, client);
  }

  /** A connection that breaks on one side is broken on the other, too. */
  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.pipe(to);
    from.once('error', () => to.resetAndDestroy());
    from.once('close', () => {
      this.#sockets.delete(from);
      to.destroySoon();
    });
  }
}
