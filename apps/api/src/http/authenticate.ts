import { type Database, recogniseSession, recogniseToken } from '@sorting-office/db';
import type { RequestHandler, Response } from 'express';
import { requireOwnPage, sessionSecretOf } from '../access/cookie';
import type { UseNotes } from '../access/use-notes';
import { Problem } from './problem';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets through only who carries a token or the cookie of a session, and notes whose it is and what it may be used for. One statement.
 * A token is preferred: who can send one is no other site's page.
 */
export function authenticate(database: Database, uses: UseNotes): RequestHandler {
  return async (request, response, next) => {
    const [scheme, secret] = (request.get('authorization') ?? '').split(' ');
    const session = sessionSecretOf(request);
    if (scheme?.toLowerCase() === 'bearer' && secret) {
      const known = await database.read((db) => recogniseToken(db, secret));
      if (!known) throw tokenInvalid(response);
      uses.note(known);
      Object.assign(response.locals, known.bearer);
    } else if (session !== null) {
      const known = await database.read((db) => recogniseSession(db, session));
      if (!known) throw new Problem(401, 'SESSION_INVALID', 'the session is over: POST /api/session opens another');
      if (!safe.has(request.method)) requireOwnPage(request, session);
      uses.note(known);
      Object.assign(response.locals, known.bearer);
    } else {
      response.setHeader('www-authenticate', 'Bearer');
      throw new Problem(
        401,
        'TOKEN_MISSING',
        'send a token: `Authorization: Bearer …`; `office token create` makes one',
      );
    }
    next();
  };
}

/** What a token that is none, or over, is answered with. */
export function tokenInvalid(response: Response): Problem {
  response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
  return new Problem(401, 'TOKEN_INVALID', 'the token is not valid: `office token create` makes one');
}
