import { bearerOf, type Database } from '@sorting-office/db';
import type { RequestHandler } from 'express';
import { Problem } from './problem';

/** Lets through only who carries a token of an account, and notes whose it is and what it may be used for. One statement. */
export function authenticate(database: Database): RequestHandler {
  return async (request, response, next) => {
    const [scheme, secret] = (request.get('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !secret) {
      response.setHeader('www-authenticate', 'Bearer');
      throw new Problem(
        401,
        'TOKEN_MISSING',
        'send a token: `Authorization: Bearer …`; `office token create` makes one',
      );
    }
    const bearer = await database.read((db) => bearerOf(db, secret));
    if (bearer === null) {
      response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
      throw new Problem(401, 'TOKEN_INVALID', 'the token is not valid: `office token create` makes one');
    }
    Object.assign(response.locals, bearer);
    next();
  };
}
