/**
 * Liveness is consumption: a worker that could take messages and does not has to be started again.
 *
 * What keeps it from taking them and is not its own fault (a database that is away, a RabbitMQ that cannot be reached, a schema
 * that is not right) makes it not ready, and is waited for.
 */

/** What a worker shows of itself at one moment. */
export interface Signs {
  /** Whether the gate is open and RabbitMQ is reachable: nothing outside is in the way. */
  readonly unhindered: boolean;
  /** What is not as it should be although nothing outside is in the way: a lost subscription, a lost channel. */
  readonly broken: readonly string[];
  /** Milliseconds since a message came. */
  readonly silentMs: number;
  /** Messages that it holds. */
  readonly inHand: number;
  /** Milliseconds since an attempt should have ended that has not. */
  readonly overdueMs: number;
  /** Tasks that were given up and go on running. */
  readonly givenUp: readonly string[];
  /** Messages that wait in each queue that it takes from, asked when it matters. */
  readonly waiting: () => Promise<readonly { queue: string; count: number }[]>;
}

/** How long anything may be wrong before only a restart can help, in milliseconds. */
const patienceMs = 60_000;
/** Tasks that go on running though they were given up: each keeps its memory and whatever else it holds. */
const mostGivenUp = 20;

export class Liveness {
  #brokenSince: number | null = null;

  /** Why the worker has to be started again; null when there is no reason. */
  async reason(signs: Signs, now = performance.now()): Promise<string | null> {
    const { unhindered, broken, silentMs, inHand, overdueMs, givenUp, waiting } = signs;
    this.#brokenSince = unhindered && broken.length > 0 ? (this.#brokenSince ?? now) : null;
    if (givenUp.length >= mostGivenUp)
      return `${givenUp.length} tasks go on running that were given up: ${[...new Set(givenUp)].join(', ')}`;
    if (overdueMs > patienceMs)
      return `an attempt should have ended ${seconds(overdueMs)} ago, and could not even be rolled back`;
    if (this.#brokenSince !== null && now - this.#brokenSince > patienceMs)
      return `for ${seconds(now - this.#brokenSince)}, although nothing is in the way: ${broken.join('; ')}`;
    if (!unhindered || broken.length > 0 || silentMs < patienceMs || inHand > 0) return null;
    const full = (await waiting()).find(({ count }) => count > 0);
    return full ? `${full.count} messages wait in ${full.queue}, and none has come for ${seconds(silentMs)}` : null;
  }
}

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
