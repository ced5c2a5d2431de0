import { join } from 'node:path';
import type { Exit } from '../../process/managed-process';
import { secret } from '../owned-file';
import type { Place } from '../place';
import type { Kind } from '../server';
import { Container, type ContainerSpec } from './container';

/** What the database and the broker have in common when they run in containers. */
export abstract class DockerServer {
  readonly ours = true;
  abstract readonly kind: Kind;
  abstract readonly origin: string;
  #container: Container | undefined;

  constructor(protected readonly place: Place) {}

  get pid(): number | undefined {
    return this.#container?.pid;
  }

  get exited(): Promise<Exit> {
    if (!this.#container) throw new Error(`the ${this.kind} was never started`);
    return this.#container.exited;
  }

  /** Describes the container; the addresses that it will have are known from then on. */
  protected abstract describe(password: string): Promise<ContainerSpec>;

  async start(signal = this.place.signal): Promise<void> {
    const password = secret(join(this.place.home, `${this.kind}-container.password`), undefined);
    const container = this.#container ?? new Container(await this.describe(password), this.place);
    await container.start(signal);
    this.#container = container;
  }

  async stop(): Promise<void> {
    await this.#container?.stop();
  }

  async kill(): Promise<void> {
    await this.#container?.kill();
  }

  async wipe(): Promise<void> {
    await this.#container?.wipe();
  }

  /** Runs a command where the server runs. */
  protected exec(command: string, args: readonly string[]): Promise<string> {
    if (!this.#container) return Promise.reject(new Error(`the ${this.kind} was never started`));
    return this.#container.exec(command, args);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }
}
