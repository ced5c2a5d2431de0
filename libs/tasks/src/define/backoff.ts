import type { RetryPolicy } from './define-task';

/**
 * How long to wait before the next try: full jitter, so that tasks that failed together do not come back together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @param tried how many tries have failed, from 1.
 * @param random a number from 0 up to 1.
 * @returns milliseconds, from 0 to the least of `baseMs` doubled with each try and `maxMs`.
 */
export function backoffMs({ baseMs, maxMs }: RetryPolicy, tried: number, random = Math.random()): number {
  return random * Math.min(maxMs, baseMs * 2 ** (tried - 1));
}
