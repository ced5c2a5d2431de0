/** What the shell is told: 0 is done, 1 is tried and failed, 2 is asked for wrongly or not set up. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;

/** What was wrong with one part of what was sent, as the API says it. */
export interface Detail {
  path: string;
  message: string;
}

export interface OfficeErrorOptions extends ErrorOptions {
  exitCode?: number;
  /** What the user may do about it, a sentence each. */
  hints?: readonly string[];
  details?: readonly Detail[] | undefined;
}

/** Whatever the CLI ends with instead of its result. `code` is stable and meant for programs. */
export class OfficeError extends Error {
  readonly exitCode: number;
  readonly hints: readonly string[];
  readonly details: readonly Detail[] | undefined;

  constructor(
    readonly code: string,
    message: string,
    { exitCode = exitCodes.failed, hints = [], details, ...options }: OfficeErrorOptions = {},
  ) {
    super(message, options);
    this.name = 'OfficeError';
    this.exitCode = exitCode;
    this.hints = hints;
    this.details = details;
  }

  /** The same error, with one thing more that the user may do. */
  withHint(hint: string): OfficeError {
    const { exitCode, hints, details, cause } = this;
    return new OfficeError(this.code, this.message, { exitCode, hints: [...hints, hint], details, cause });
  }
}

/** Something that was typed or set does not fit: exit code 2. */
export const usageError = (code: string, message: string, hints: readonly string[] = []): OfficeError =>
  new OfficeError(code, message, { exitCode: exitCodes.usage, hints });

/** The reason that the signal of an interrupted command carries; `exitCode` as shells have it, 128 and the signal's number. */
export const interrupted = (exitCode: number): OfficeError =>
  new OfficeError('INTERRUPTED', 'interrupted', { exitCode });

/** An error as a document for programs. */
export const errorDocument = ({ code, message, hints, details }: OfficeError) => ({
  error: { code, message, ...(details && { errors: details }), ...(hints.length > 0 && { hints }) },
});
