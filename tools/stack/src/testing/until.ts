import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE = 25_000;

/** Resolves when the condition holds, for what tells nobody when it happens; rejects when it takes too long. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = AbortSignal.timeout(PATIENCE);
  while (!condition()) {
    if (deadline.aborted) throw new Error(`still not so after ${PATIENCE / 1000} s: ${condition.toString()}`);
    await delay(10);
  }
}
