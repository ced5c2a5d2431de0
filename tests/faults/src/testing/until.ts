import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** Milliseconds; default a minute. */
  withinMs?: number;
  /** Milliseconds between two looks; default 50. */
  everyMs?: number;
}

/**
 * Looks until what it sees is neither null nor false, and returns that. An error while looking is "not yet": what is looked at may
 * be the very thing that has been taken away.
 *
 * @param what completes "waiting for …".
 * @throws Error with what was last seen, when it takes too long.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | false> | T | null | false,
  { withinMs = 60_000, everyMs = 50 }: Patience = {},
  describe: () => string = () => '',
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let trouble: unknown = null;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== null && seen !== false) return seen;
      trouble = null;
    } catch (error) {
      trouble = error;
    }
    if (performance.now() > deadline) {
      const why = trouble === null ? describe() : reasonOf(trouble);
      throw new Error(`waited ${withinMs / 1000} s in vain for ${what}${why && `: ${why}`}`, { cause: trouble });
    }
    await sleep(everyMs);
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : JSON.stringify(error));
