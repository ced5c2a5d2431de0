import { setTimeout as sleep } from 'node:timers/promises';
import type { Trickle } from './contender';

/**
 * Sends tasks at their times, and each once the one before it has been taken.
 *
 * @returns when it began to send each, in milliseconds since 1970
 */
export async function trickle(
  { first, count, everyMs }: Trickle,
  send: (n: number) => Promise<unknown>,
): Promise<number[]> {
  const now = fineClock();
  const start = now();
  const moments: number[] = [];
  for (let index = 0; index < count; index++) {
    await sleep(Math.max(0, start + index * everyMs - now()));
    moments.push(now());
    await send(first + index);
  }
  return moments;
}

/** The system's clock, which a database on the same machine reads too, in parts of a millisecond: Date.now() gives whole ones. */
function fineClock(): () => number {
  const before = Date.now();
  let after = Date.now();
  while (after === before) after = Date.now();
  const offset = after - performance.now();
  return () => offset + performance.now();
}
