import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf } from '../errors';
import { describeExit, type Exit } from '../process/managed-process';
import { Backoff, type BackoffOptions } from './backoff';

/** Something that runs, ends, and can be started again: a process of ours or a server. */
export interface Service {
  /** Undefined while it does not run, and when it is not ours. */
  readonly pid: number | undefined;
  /** Settles when the present run has ended. */
  readonly exited: Promise<Exit>;
  /** Resolves when it is ready; when it rejects, nothing of it runs. */
  start(signal: AbortSignal): Promise<void>;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
}

export interface Observer {
  /** Told in one line what has happened to a service. */
  readonly say: (line: string) => void;
  /** Told whenever a service's process id has changed. */
  readonly changed: () => void;
}

/**
 * Keeps one service running.
 *
 *                  ready                 ended by itself
 *     +----------+ -----> +---------+ ---------------------> +---------+
 *     | starting |        | running |                        | waiting |
 *     +----------+ <-+    +---------+                        +---------+
 *          |         |                                        ^   |
 *          |         +----------------------------------------|---+ after the backoff
 *          +--------------------------------------------------+
 *                               failed
 *
 *     in any state: stop() -> stopping -> stopped, for good
 *
 * Only the first start may fail for the caller to see: whatever ran once is kept running.
 */
export class Supervised {
  readonly #stopping = new AbortController();
  readonly #stopRequested: Promise<undefined>;
  readonly #backoff: Backoff;
  #life: Promise<void> | undefined;

  constructor(
    readonly name: string,
    readonly service: Service,
    private readonly observer: Observer,
    backoff: BackoffOptions,
  ) {
    this.#backoff = new Backoff(backoff);
    const { signal } = this.#stopping;
    this.#stopRequested = new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
  }

  /** Resolves when it is ready for the first time. */
  async start(): Promise<void> {
    const started = this.service.start(this.#stopping.signal);
    this.#life = started.then(
      () => this.#keep(),
      () => undefined, // The caller gets it.
    );
    await started;
  }

  /** Resolves when it is gone, and stays so; also right for one that never started. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.service.stop();
    await this.#life;
  }

  #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #keep(): Promise<void> {
    for (;;) {
      const since = performance.now();
      const exit = await Promise.race([this.service.exited, this.#stopRequested]);
      if (!exit || this.#stopped()) return;
      this.observer.changed();
      await this.#startAgain(`died (${describeExit(exit)})`, performance.now() - since);
      if (this.#stopped()) return;
      this.observer.say(`${this.name} runs again${this.service.pid === undefined ? '' : ` (pid ${this.service.pid})`}`);
      this.observer.changed();
    }
  }

  async #startAgain(why: string, ran: number): Promise<void> {
    const { signal } = this.#stopping;
    for (let reason = why, healthy = ran; !this.#stopped(); healthy = 0) {
      const pause = this.#backoff.next(healthy);
      this.observer.say(`${this.name} ${reason}: starting it again in ${(pause / 1000).toFixed(1)} s`);
      try {
        await delay(pause, undefined, { signal });
        await this.service.start(signal);
        return;
      } catch (error) {
        reason = `could not be started (${reasonOf(error)})`;
      }
    }
  }
}
