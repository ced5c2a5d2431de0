import type { TaskError } from '@sorting-office/db';

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
