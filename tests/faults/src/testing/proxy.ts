/**
 * A TCP proxy that misbehaves to order, in front of either server.
 *
 * ```
 *   worker <--client socket--> [ Link ] <--server socket--> MySQL or RabbitMQ
 *
 *   pass        bytes go through, after `delayMs`
 *   cut         both sockets of every link are reset, once
 *   blackhole   every link swallows all bytes from now on, and its sockets stay open: no FIN, no RST, for ever
 *   half-open   one side's socket of every link is reset; the other side is not told
 *   refuse      every link is reset, and so is whoever connects
 * ```
 *
 * A link that has swallowed something stays dumb when the proxy passes again: what was lost is lost.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { CommitSpotter } from './commit-spotter';
import { Lane } from './lane';

/** What happens to a connection at the moment of a COMMIT: cut before the server sees it, or after it and before its answer. */
export type CommitFault = 'before' | 'after';

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  readonly toServer: Lane;
  readonly toClient: Lane;
  dumb: boolean;
}

export class Proxy {
  readonly #target: { host: string; port: number };
  readonly #listener: Server;
  readonly #links = new Set<Link>();
  #mode: 'pass' | 'blackhole' | 'refuse' = 'pass';
  #delayMs = 0;
  #commitFaults: CommitFault[] = [];

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
    // A side that ends is ours to handle: a black hole passes nothing on, not even that.
    this.#listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#link(client));
  }

  /** Listens on a free port of 127.0.0.1 for whoever wants the server at this address. */
  static async open(url: string): Promise<Proxy> {
    const { hostname, port } = new URL(url);
    const proxy = new Proxy({ host: hostname, port: Number(port) });
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    // One that nobody has closed must not keep the tests from ending.
    proxy.#listener.unref();
    return proxy;
  }

  /** The address of the server behind it, by way of the proxy. */
  through(url: string): string {
    const address = new URL(url);
    address.hostname = '127.0.0.1';
    address.port = String((this.#listener.address() as AddressInfo).port);
    return address.href;
  }

  /** Connections that are open on the client's side. */
  get connections(): number {
    return [...this.#links].filter(({ client }) => !client.destroyed).length;
  }

  /** COMMITs that are still to be met with a fault. */
  get commitFaultsLeft(): number {
    return this.#commitFaults.length;
  }

  pass(): void {
    this.#mode = 'pass';
    this.#delayMs = 0;
  }

  /** Holds every byte back for so many milliseconds, in each direction. */
  delay(ms: number): void {
    this.#mode = 'pass';
    this.#delayMs = ms;
  }

  cut(): void {
    for (const link of this.#links) this.#reset(link);
  }

  refuse(): void {
    this.#mode = 'refuse';
    this.cut();
  }

  /** Also for those who connect later, until it passes again. */
  blackhole(): void {
    this.#mode = 'blackhole';
    for (const link of this.#links) link.dumb = true;
  }

  /** @param gone whose side is lost; the other goes on believing in the connection. */
  halfOpen(gone: 'client' | 'server'): void {
    for (const link of this.#links) {
      link.dumb = true;
      link[gone].resetAndDestroy();
    }
  }

  /** Meets the next COMMITs, one each, with these faults. For a MySQL server whose connections are not encrypted. */
  faultCommits(faults: readonly CommitFault[]): void {
    this.#commitFaults.push(...faults);
  }

  async close(): Promise<void> {
    this.cut();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #link(client: Socket): void {
    if (this.#mode === 'refuse') {
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const server = connect({ ...this.#target, allowHalfOpen: true, noDelay: true });
    const delayMs = () => this.#delayMs;
    const link: Link = {
      client,
      server,
      toServer: new Lane(server, delayMs),
      toClient: new Lane(client, delayMs),
      dumb: this.#mode === 'blackhole',
    };
    this.#links.add(link);
    const spotter = new CommitSpotter();
    client.on('data', (bytes) => {
      if (!link.dumb) this.#fromClient(link, bytes, spotter);
    });
    server.on('data', (bytes) => {
      if (!link.dumb) link.toClient.send(bytes);
    });
    this.#passEndOn(link, client, link.toServer);
    this.#passEndOn(link, server, link.toClient);
  }

  #fromClient(link: Link, bytes: Buffer, spotter: CommitSpotter): void {
    const commits = spotter.sees(bytes);
    const fault = commits ? this.#commitFaults.shift() : undefined;
    if (fault === 'before') {
      this.#reset(link);
      return;
    }
    if (fault === 'after') {
      // The answer that would come back tells us that the server has committed.
      link.server.removeAllListeners('data').once('data', () => this.#reset(link));
    }
    link.toServer.send(bytes);
  }

  /** What ends on one side ends on the other, unless the link is dumb; a link without any socket is none. */
  #passEndOn(link: Link, from: Socket, lane: Lane): void {
    const forget = () => {
      if (link.client.destroyed && link.server.destroyed) this.#links.delete(link);
    };
    from
      .on('error', () => undefined)
      .on('end', () => {
        if (link.dumb) from.destroy();
        else lane.end();
      })
      .on('close', () => {
        if (!link.dumb) lane.destroy();
        forget();
      });
  }

  #reset(link: Link): void {
    link.dumb = false;
    link.client.resetAndDestroy();
    link.server.resetAndDestroy();
  }
}
