import { OfficeError, type OfficeErrorOptions } from '../errors';

/** The API has not answered, or says that it cannot at the moment: asking again later is the cure. */
export class ApiAwayError extends OfficeError {
  /** When the API wants to be asked again, in milliseconds; null when it has not said. */
  readonly retryAfterMs: number | null;

  constructor(message: string, { retryAfterMs, ...options }: OfficeErrorOptions & { retryAfterMs: number | null }) {
    super('API_AWAY', message, options);
    this.retryAfterMs = retryAfterMs;
  }
}

/** An answer that is none of those that this build of the CLI knows. */
export const unknownAnswer = (what: string, reason: string): OfficeError =>
  new OfficeError('ANSWER_UNKNOWN', `${what} was answered with something this build does not understand: ${reason}`, {
    hints: [
      'Check that the address is that of the API, and that API and CLI are of the same version (`office doctor`).',
    ],
  });
