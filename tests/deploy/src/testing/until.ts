import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when the condition holds, for what tells nobody when it happens; rejects with the signal's reason when it aborts first. */
export async function until(condition: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await condition())) await delay(50, undefined, { signal });
}
