import { STATUS_CODES } from 'node:http';
import { BrokerError } from '@sorting-office/broker';
import { databaseErrorKind } from '@sorting-office/db';
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

/** Answers with a problem. */
export function sendProblem(response: Response, { status, code, message, errors }: Problem): void {
  response
    .status(status)
    .type('application/problem+json')
    .json({
      type: `urn:sorting-office:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      title: STATUS_CODES[status] ?? 'Error',
      status,
      code,
      detail: message,
      ...(errors && { errors }),
    });
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

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
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
  if (isBodyError(error))
    return new Problem(error.status, error.type.replaceAll('.', '_').toUpperCase(), error.message);
  return new Problem(500, 'INTERNAL', 'something went wrong that should not have; it has been logged');
}

/** What Express' body parser throws: https://github.com/expressjs/body-parser#errors. */
function isBodyError(error: unknown): error is Error & { status: number; type: string } {
  if (!(error instanceof Error) || !('type' in error) || !('status' in error)) return false;
  return (
    typeof error.type === 'string' && typeof error.status === 'number' && error.status >= 400 && error.status < 500
  );
}
