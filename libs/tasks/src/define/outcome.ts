/**
 * Everything that a task can end in by itself; what it throws instead is a failure.
 *
 * ```
 *   done(result)          its effects are committed, and it has succeeded
 *   retryLater(…)         its effects are rolled back; it runs again after the delay, and no try is used up
 *   discard(reason)       its effects are rolled back; it is cancelled, as there is nothing left for it to do
 * ```
 */
export type Outcome<Result = unknown> =
  | { readonly outcome: 'done'; readonly result: Result }
  | { readonly outcome: 'retry_later'; readonly delayMs: number; readonly reason: string }
  | { readonly outcome: 'discard'; readonly reason: string };

/** The work is done. */
export function done(): Outcome<void>;
export function done<Result>(result: Result): Outcome<Result>;
export function done(result?: unknown): Outcome {
  return { outcome: 'done', result };
}

/** What the task waits for is not there yet, which is nobody's fault. @param delayMs milliseconds until it is tried again. */
export const retryLater = (delayMs: number, reason: string): Outcome<never> => ({
  outcome: 'retry_later',
  delayMs,
  reason,
});

/** There is nothing left to do: whom it was for is gone, or somebody else has done it. */
export const discard = (reason: string): Outcome<never> => ({ outcome: 'discard', reason });
