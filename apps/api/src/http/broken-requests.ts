import { type IncomingMessage, STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RequestHandler } from 'express';
import { Problem, problemDocument } from './problem';

/** What Node's parser says, where it is more than "this is no HTTP". */
const problems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem(431, 'HEADERS_TOO_LARGE', 'the address and the headers are too long together'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: new Problem(413, 'BODY_TOO_LARGE', 'the chunk extensions of the body are too long'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'REQUEST_TIMED_OUT', 'the request did not arrive in time'),
};
const noHttp = new Problem(400, 'REQUEST_MALFORMED', 'the request is not HTTP as it has to be');

/** Answers with a problem, too, what Node refuses before the app has seen it. The server must not insist on a Host by itself. */
export function answerBrokenRequests(server: Server): void {
  const latest = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>();
  server.prependListener('request', (request, response) => latest.set(request.socket, { request, response }));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const exchange = latest.get(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    // It is the rest of a request that has its answer already: a second one would be taken for a part of the first.
    else if (exchange && !exchange.request.complete && exchange.response.headersSent) socket.end();
    else socket.end(asMessage(problems[error.code ?? ''] ?? noHttp));
  });
  server.on('checkExpectation', (_request, response) => {
    const unmet = new Problem(417, 'EXPECTATION_FAILED', 'the only expectation that is met is 100-continue');
    response.writeHead(417, { 'content-type': 'application/problem+json' }).end(problemDocument(unmet));
  });
}

/** Lets through only what says, as far as it can be understood, what it asks and whom. */
export const requireAddress: RequestHandler = (request, _response, next) => {
  const { host } = request.headers;
  if (!host || !URL.canParse(request.url, `http://${host}`))
    throw new Problem(400, 'REQUEST_MALFORMED', 'the Host header and the path together are no address');
  next();
};

function asMessage(problem: Problem): string {
  const body = problemDocument(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
