import { StackError } from '../errors';
import type { BackoffOptions } from './backoff';
import { type Observer, type Service, Supervised } from './supervised';

const BACKOFF: BackoffOptions = { first: 250, longest: 30_000 };

/** Starts services in order, keeps them running, and stops them in the reverse order. */
export class Supervisor {
  readonly #groups: (readonly Supervised[])[] = [];
  #stopping: Promise<void> | undefined;

  constructor(
    private readonly observer: Observer,
    private readonly backoff: BackoffOptions = BACKOFF,
  ) {}

  /**
   * Starts services that do not need one another; resolves when all are ready.
   * @throws what the first of them failed with, or StackError INTERRUPTED once stop has been called.
   */
  async start(services: Readonly<Record<string, Service>>): Promise<void> {
    if (this.#stopping) throw new StackError('INTERRUPTED', 'stopped before everything had started');
    const group = Object.entries(services).map(
      ([name, service]) => new Supervised(name, service, this.observer, this.backoff),
    );
    this.#groups.push(group);
    await Promise.all(group.map((supervised) => supervised.start()));
  }

  /** The process id of each service; null while it does not run, and when it is not ours. */
  get pids(): Readonly<Record<string, number | null>> {
    return Object.fromEntries(this.#groups.flat().map(({ name, service }) => [name, service.pid ?? null]));
  }

  /** Stops whatever was started or is being started; resolves when all is gone. May be called again. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopInReverse();
    return this.#stopping;
  }

  async #stopInReverse(): Promise<void> {
    for (const group of this.#groups.toReversed()) await Promise.all(group.map((supervised) => supervised.stop()));
  }
}
