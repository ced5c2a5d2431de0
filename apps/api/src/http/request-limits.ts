import type { Server } from 'node:http';
import { newId } from '@sorting-office/db';
import type { RequestHandler } from 'express';
import { Problem } from './problem';

/** Characters of path and query together. */
const maxUrl = 8192;
const maxHeaders = 100;

/** Refuses what is longer than any honest request, and gives every request an id. Node itself bounds the bytes of all headers. */
export const limitRequest: RequestHandler = (request, response, next) => {
  const requestId = newId();
  response.locals['requestId'] = requestId;
  response.setHeader('x-request-id', requestId);
  if (request.url.length > maxUrl)
    throw new Problem(414, 'URL_TOO_LONG', `path and query may have ${maxUrl} characters together`);
  if (request.rawHeaders.length / 2 > maxHeaders)
    throw new Problem(431, 'HEADERS_TOO_MANY', `a request may have ${maxHeaders} headers`);
  next();
};

/** Bounds how long a request may take to arrive, and how long a connection is kept for the next one. */
export function limitTimes(server: Server, requestSeconds: number): void {
  server.requestTimeout = requestSeconds * 1000;
  server.headersTimeout = (requestSeconds * 1000) / 2;
  // Longer than the 60 seconds of most proxies, which are then the ones to close.
  server.keepAliveTimeout = 65_000;
}
