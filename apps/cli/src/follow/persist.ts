import { ApiAwayError } from '../api/errors';
import { OfficeError } from '../errors';
import type { Timing } from '../surroundings';
import type { Progress } from './progress';

export interface Persistence {
  readonly timing: Timing;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Pause while the API is away, in milliseconds, unless it says when it wants to be asked again. */
const awayPauseMs = 1000;
const longestPauseMs = 10_000;

/**
 * Asks until the API answers, and says so. For questions that may be asked twice.
 *
 * @throws OfficeError API_UNREACHABLE when it has been away for too long; other errors of the question as they are, and the
 *   signal's reason.
 */
export async function persist<T>(ask: () => Promise<T>, { timing, signal, progress }: Persistence): Promise<T> {
  let awaySince: number | null = null;
  for (;;) {
    try {
      const answer = await ask();
      if (awaySince !== null) progress.note('the API answers again');
      return answer;
    } catch (error) {
      if (!(error instanceof ApiAwayError)) throw error;
      if (awaySince === null) {
        awaySince = timing.now();
        progress.note(`${error.message}; waiting for it, for up to ${seconds(timing.patienceMs)}`);
      }
      const left = awaySince + timing.patienceMs - timing.now();
      if (left <= 0) throw unreachable(error, timing.patienceMs);
      await pause(Math.min(error.retryAfterMs ?? awayPauseMs, longestPauseMs, left), timing, signal);
    }
  }
}

/** Sleeps, or throws the signal's reason. */
export async function pause(ms: number, { sleep }: Timing, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

const unreachable = (last: ApiAwayError, patienceMs: number) =>
  new OfficeError('API_UNREACHABLE', `gave up after ${seconds(patienceMs)}: ${last.message}`, {
    cause: last,
    hints: last.hints,
  });
