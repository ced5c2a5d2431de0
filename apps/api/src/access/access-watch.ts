import type { Bearer } from '@sorting-office/db';

/** Something that goes on by the right of a token or a session. */
export interface Watched extends Pick<Bearer, 'tokenId' | 'sessionId'> {
  end: () => void;
}

export interface AccessWatchOptions {
  /** How often it asks, in milliseconds. */
  everyMs: number;
  /** Those of them whose token or session still works. */
  stillRecognised: (watched: readonly Watched[]) => Promise<ReadonlySet<Watched>>;
}

/** How often it asks in vain before it ends everything. */
const patience = 3;

/**
 * Ends what goes on once its token or session is over, by asking for all of it together every now and then. Without an answer for
 * four of these times everything ends: nobody knows then whether it may go on.
 */
export class AccessWatch {
  readonly #options: AccessWatchOptions;
  readonly #watched = new Set<Watched>();
  readonly #timer: NodeJS.Timeout;
  #unanswered = 0;
  #asking: Promise<void> | null = null;

  constructor(options: AccessWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), options.everyMs);
    this.#timer.unref();
  }

  /** Watches something until it is forgotten, which it is when it has ended. */
  add(watched: Watched): void {
    this.#watched.add(watched);
  }

  forget(watched: Watched): void {
    this.#watched.delete(watched);
  }

  /** Asks no more. Resolves once the last question has its answer. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#asking;
  }

  #look(): void {
    if (this.#watched.size === 0) {
      this.#unanswered = 0;
    } else if (this.#unanswered >= patience) {
      for (const watched of this.#watched) watched.end();
    } else {
      this.#unanswered++;
      this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    }
  }

  async #ask(): Promise<void> {
    const asked = [...this.#watched];
    let still: ReadonlySet<Watched>;
    try {
      still = await this.#options.stillRecognised(asked);
    } catch {
      // It is asked again, and what cannot be asked for long ends.
      return;
    }
    this.#unanswered = 0;
    for (const watched of asked) if (!still.has(watched)) watched.end();
  }
}
