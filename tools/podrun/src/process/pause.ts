import { setTimeout as delay } from 'node:timers/promises';

/** Waits, and less when the signal aborts first; the caller looks at the signal. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await delay(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** Whether it settles within that many milliseconds. */
export async function settlesWithin(what: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const settled = new AbortController();
  const outcome = await Promise.race([what.then(() => true), pause(milliseconds, settled.signal).then(() => false)]);
  settled.abort();
  return outcome;
}
