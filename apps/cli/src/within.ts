/** What did not answer in time. */
export class NoAnswerError extends Error {
  readonly code = 'NO_ANSWER';

  constructor(ms: number) {
    super(`no answer within ${Math.round(ms / 100) / 10} s`);
    this.name = 'NoAnswerError';
  }
}

/**
 * Waits for work, but not for longer than so many milliseconds, nor after the signal has aborted. The work itself is not ended:
 * it is for who has no way to end it.
 *
 * @throws NoAnswerError, the signal's reason, and the work's own errors.
 */
export async function within<T>(ms: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop = () => undefined as unknown;
  const limit = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswerError(ms)), ms);
    const aborted = () => reject(signal.reason as Error);
    signal.addEventListener('abort', aborted, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
    };
  });
  try {
    return await Promise.race([work(), limit]);
  } finally {
    stop();
  }
}

/** Closes something, and leaves it to the end of the process when that takes longer than so many milliseconds or fails. */
export async function closeWithin(ms: number, close: () => Promise<unknown>): Promise<void> {
  // What is no longer needed has nothing more to say: the answer is there, or the error is about to be thrown.
  await within(ms, AbortSignal.any([]), close).catch(() => undefined);
}

/** Seconds that the database's pool may wait when the time is up after so many milliseconds: its own error would blame the pool. */
export const poolSeconds = (ms: number): number => Math.ceil(ms / 1000) + 1;
