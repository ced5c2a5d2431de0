import type { TaskError } from '@sorting-office/db';
import type { Outcome } from './outcome';

/**
 * A failure that a task means: it says what was wrong in words for the task's owner, and whether trying again could help.
 * Anything else that a task throws is taken for a fault of the moment and tried again.
 */
export class TaskFailure extends Error {
  readonly retryable: boolean;
  readonly details: Record<string, unknown> | undefined;

  constructor(
    /** Stable, in upper-case words joined by underscores. */
    readonly code: string,
    message: string,
    {
      retryable = false,
      details,
      cause,
    }: { retryable?: boolean; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = 'TaskFailure';
    this.retryable = retryable;
    this.details = details;
  }
}

/** A task has ended in another outcome than done; thrown to roll its transaction back. */
export class TaskNotDoneError extends Error {
  readonly code = 'TASK_NOT_DONE';
  readonly retryable = true;
  constructor(readonly ended: Exclude<Outcome, { outcome: 'done' }>) {
    super(ended.reason);
    this.name = 'TaskNotDoneError';
  }
}

const longestMessage = 2000;

/** What is stored of an error: its code, its message and safe details; never its stack. */
export function describeFailure(error: unknown): TaskError {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, longestMessage);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'TASK_THREW';
  return error instanceof TaskFailure && error.details ? { code, message, details: error.details } : { code, message };
}

/** Whether another attempt could end differently. */
export function isRetryable(error: unknown): boolean {
  return !(error instanceof Error && 'retryable' in error && error.retryable === false);
}
