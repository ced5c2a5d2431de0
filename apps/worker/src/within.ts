import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for work, but no longer than so many milliseconds. @returns whether it has settled; it goes on otherwise. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const enough = new AbortController();
  const settled = work.then(
    () => true,
    () => true,
  );
  const waited = sleep(ms, false, { signal: enough.signal }).catch(() => false);
  try {
    return await Promise.race([settled, waited]);
  } finally {
    enough.abort();
  }
}
