import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE = 20_000;

/** Tries until it does not throw, for what tells nobody when it happens; then its latest error. */
export async function until<T>(attempt: () => T): Promise<T> {
  const deadline = AbortSignal.timeout(PATIENCE);
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (deadline.aborted) throw error;
      await delay(10);
    }
  }
}
