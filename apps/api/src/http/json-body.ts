import express, { type RequestHandler } from 'express';

/** Half of a surrogate pair: what JSON can spell, and MySQL's JSON cannot hold. */
const halfCharacter = /\p{Surrogate}/u;

/** Reads JSON bodies of up to so many bytes, where a body means something: that of a GET does not, and is left alone. */
export function jsonBody(maxBytes: number): RequestHandler {
  const parse: RequestHandler = express.json({
    limit: maxBytes,
    reviver: (key: string, value: unknown) => {
      if (halfCharacter.test(key) || (typeof value === 'string' && halfCharacter.test(value)))
        throw new SyntaxError('a text in it has half a character (a lone surrogate)');
      return value;
    },
  });
  return (request, response, next) => {
    // An event stream would take the end of its request for the end of its listener.
    if (request.method === 'GET' || request.method === 'HEAD') next();
    else parse(request, response, next);
  };
}
