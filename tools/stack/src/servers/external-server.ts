import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, StackError } from '../errors';
import type { Exit } from '../process/managed-process';
import type { Kind } from './server';

const ANSWER_WITHIN = 60_000;
const PROBE_INTERVAL = 500;

/** A server that somebody else runs: it is only asked whether it answers. */
export abstract class ExternalServer {
  readonly ours = false;
  readonly pid = undefined;
  /** Somebody else's process: we never learn of its end. */
  readonly exited = new Promise<Exit>(() => undefined);
  abstract readonly kind: Kind;
  abstract readonly origin: string;

  /** One look; throws while there is no answer. */
  protected abstract look(signal: AbortSignal): Promise<void>;

  /** @throws StackError SERVER_UNREACHABLE when it does not answer within a minute. */
  async start(signal: AbortSignal = AbortSignal.any([])): Promise<void> {
    const deadline = AbortSignal.timeout(ANSWER_WITHIN);
    for (;;) {
      try {
        await this.look(signal);
        return;
      } catch (error) {
        if (signal.aborted) throw new StackError('INTERRUPTED', `interrupted while waiting for ${this.origin}`);
        if (deadline.aborted || isRefusal(error)) {
          throw new StackError(
            'SERVER_UNREACHABLE',
            `the ${this.kind} named by ${this.origin} does not answer: ${reasonOf(error)}`,
            {
              cause: error,
            },
          );
        }
        await delay(PROBE_INTERVAL);
      }
    }
  }

  async stop(): Promise<void> {
    // It belongs to somebody else.
  }

  kill(): Promise<void> {
    return this.notOurs('killed');
  }

  restart(): Promise<void> {
    return this.notOurs('restarted');
  }

  wipe(): Promise<void> {
    return this.notOurs('wiped');
  }

  protected notOurs(what: string): Promise<never> {
    return Promise.reject(
      new StackError('NOT_OURS', `the ${this.kind} named by ${this.origin} is not ours and cannot be ${what}`),
    );
  }
}

/** Waiting does not help against a wrong password. */
function isRefusal(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return (
    code === 'ER_ACCESS_DENIED_ERROR' ||
    code === 'ER_BAD_DB_ERROR' ||
    code === 'MANAGEMENT_REFUSED' ||
    code === 'NO_SERVER'
  );
}
