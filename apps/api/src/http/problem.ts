import { STATUS_CODES } from 'node:http';
import { BrokerError } from '@sorting-office/broker';
import { databaseErrorKind } from '@sorting-office/db';
import { SpeechError, type SpeechErrorCode } from '@sorting-office/speech';
import type { Logger } from '@sorting-office/telemetry';
import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';

/** An error as RFC 9457 has it, with a stable code and, for bad input, what was wrong where. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

/** Thrown by a route to answer with a problem. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors?: { path: string; message: string }[],
  ) {
    super(detail);
    this.name = 'Problem';
  }

  /** Nothing of that id belongs to the account; whether it belongs to another is not told. */
  static notFound(what: string, id: string): Problem {
    return new Problem(404, 'NOT_FOUND', `there is no ${what} ${id}`);
  }

  /** Input that its schema refuses. */
  static invalid(where: string, error: z.ZodError): Problem {
    const errors = error.issues.map(({ path, message }) => ({ path: z.core.toDotPath(path), message }));
    return new Problem(400, 'REQUEST_INVALID', `the ${where} is not valid: ${errors.map(sentence).join('; ')}`, errors);
  }
}

const sentence = ({ path, message }: { path: string; message: string }) => (path ? `${path}: ${message}` : message);

/** A problem as JSON. */
export function problemDocument({ status, code, message, errors }: Problem): string {
  const document: z.infer<typeof problemSchema> = {
    type: `urn:sorting-office:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: message,
    ...(errors && { errors }),
  };
  return JSON.stringify(document);
}

/** Answers with a problem. */
export function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.status).type('application/problem+json').send(problemDocument(problem));
}

export interface ProblemHandlerOptions {
  log: Logger;
  /** Told of errors that mean that the database cannot be used. */
  onOutage: (error: unknown) => void;
}

/** Turns whatever a route throws into a problem. What nobody foresaw is logged, and its details stay here. */
export function problemHandler({ log, onOutage }: ProblemHandlerOptions): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error);
    if (['unavailable', 'schema'].includes(databaseErrorKind(error))) onOutage(error);
    if (problem.status >= 500) log.error({ err: error, method: request.method, path: request.path }, problem.message);
    if (problem.status === 503) response.setHeader('retry-after', '2');
    sendProblem(response, problem);
  };
}

/** Recordings that are refused for what they are; the others for what is in them. */
const refusals: Partial<Record<SpeechErrorCode, number>> = {
  RECORDING_EMPTY: 400,
  RECORDING_TOO_LARGE: 413,
  RECORDING_FORMAT_UNKNOWN: 415,
};

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof SpeechError) return new Problem(refusals[error.code] ?? 422, error.code, error.message);
  if (error instanceof BrokerError)
    return new Problem(503, 'BROKER_UNAVAILABLE', `RabbitMQ cannot be used at the moment: ${error.message}`);
  switch (databaseErrorKind(error)) {
    case 'unavailable':
    case 'schema':
      return new Problem(503, 'DATABASE_UNAVAILABLE', 'the database cannot be used at the moment: try again shortly');
    case 'conflict':
      return new Problem(503, 'DATABASE_BUSY', 'other requests were in the way: try again');
    case 'other':
  }
  if (isRefusal(error)) return new Problem(error.status, codeOf(error), detailOf(error));
  return new Problem(500, 'INTERNAL', 'something went wrong that should not have; it has been logged');
}

/**
 * What Express throws at a request that it cannot read: https://github.com/expressjs/body-parser#errors, and an error without a
 * type for a path that cannot be decoded or a body that is not compressed as it says.
 */
interface Refusal extends Error {
  status: number;
  type?: unknown;
  code?: unknown;
}

const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500;

const codeOf = ({ type }: Refusal): string =>
  typeof type === 'string' ? type.replaceAll('.', '_').toUpperCase() : 'REQUEST_MALFORMED';

const detailOf = ({ message, code }: Refusal): string =>
  typeof code === 'string' ? `the body cannot be decompressed: ${code}` : message;
