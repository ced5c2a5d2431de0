import type { BoundedConnection } from './bounded-statements';
import type { UnitOfWork } from './unit-of-work';

/** How long a session may be silent before the server ends it, in seconds. */
export interface IdleBounds {
  /** As every session of the pool. */
  readonly usual: number;
  /** As this one transaction's work may have to. */
  readonly longest: number;
}

/**
 * Lets the session of one transaction be silent for longer than the pool allows. Most work never is, and so it is asked for only when the
 * session has been found silent after a third of the usual bound: two thirds of it remain, and short work pays for no statement. A process
 * that stands still cannot ask, and must be ended before.
 *
 * ```
 *   begun --a third of the bound--> looks --silent--> given --takeBack()--> as usual
 *             ^                       \--a statement is running--+
 *             +--------------------------------------------------+
 * ```
 */
export class IdleAllowance {
  readonly #unit: UnitOfWork;
  readonly #connection: BoundedConnection;
  readonly #bounds: IdleBounds;
  readonly #watch: NodeJS.Timeout;
  #giving: Promise<unknown> | null = null;

  constructor(unit: UnitOfWork, connection: BoundedConnection, bounds: IdleBounds) {
    this.#unit = unit;
    this.#connection = connection;
    this.#bounds = bounds;
    this.#watch = setInterval(() => this.#look(), (bounds.usual * 1000) / 3);
  }

  /** Whether the session may have been told of another bound than the pool's. */
  get given(): boolean {
    return this.#giving !== null;
  }

  /** Before the transaction ends well: the connection goes back to the pool with the usual bound. */
  async takeBack(): Promise<void> {
    this.stop();
    if (!this.#giving) return;
    await this.#giving;
    await this.#allow(this.#bounds.usual);
  }

  /** Looks no more. */
  stop(): void {
    clearInterval(this.#watch);
  }

  #look(): void {
    if (this.#connection.busy) return;
    this.stop();
    this.#giving = this.#allow(this.#bounds.longest).catch(() => {
      // The session is lost, which the work's next statement tells whoever waits for it.
    });
  }

  #allow(seconds: number): Promise<unknown> {
    return this.#unit.execute('SET SESSION wait_timeout = ?', [seconds]);
  }
}
