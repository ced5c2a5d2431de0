export interface BackoffOptions {
  /** Milliseconds before the first restart; doubled each time. */
  readonly first: number;
  /** Milliseconds that it never exceeds; also how long a run must last to count as healthy. */
  readonly longest: number;
}

/** How long to wait before something that keeps dying is started again. */
export class Backoff {
  #failures = 0;

  constructor(private readonly options: BackoffOptions) {}

  /**
   * @param ran milliseconds that the last run was healthy for; 0 when it did not even start
   * @returns milliseconds to wait
   */
  next(ran: number): number {
    const { first, longest } = this.options;
    if (ran >= longest) this.#failures = 0;
    return Math.min(first * 2 ** this.#failures++, longest);
  }
}
