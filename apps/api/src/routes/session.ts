import { type Database, endSession, openSession, recogniseToken, tokenScope } from '@sorting-office/db';
import { z } from 'zod';
import { clearSessionCookie, csrfToken, requireSameOrigin, sessionSecretOf, setSessionCookie } from '../access/cookie';
import type { RequestLimit } from '../access/limits';
import { tokenInvalid } from '../http/authenticate';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';

const tag = 'sessions';
const path = '/api/session';

const sessionView = z.object({
  accountId: z.uuid(),
  scope: tokenScope,
  csrfToken: z.string().meta({ description: 'What changes something sends it as X-CSRF-Token' }),
});

/** Sessions of a page in a browser, which keeps no token: it has a cookie that no script can read. */
export function sessionRoutes(database: Database, requests: RequestLimit): Route[] {
  return [openRoute(database, requests), showRoute(), endRoute(database)];
}

function openRoute(database: Database, requests: RequestLimit): Route {
  return route({
    method: 'post',
    path,
    open: true,
    action: 'session.open',
    summary: 'Open a session with a token: the answer sets the cookie',
    tag,
    body: z.object({ token: z.string().min(1).max(200) }),
    answers: {
      201: { description: 'It is open', schema: sessionView },
      400: { description: 'There is no token' },
      403: { description: 'The request is from another origin’s page' },
    },
    run: async ({ body, request, response }) => {
      requireSameOrigin(request);
      const known = await database.read((db) => recogniseToken(db, body.token));
      if (!known) throw tokenInvalid(response);
      const { accountId, scope, tokenId } = known.bearer;
      Object.assign(response.locals, known.bearer);
      await requests.count(request, response);
      const secret = await database.transaction(async (db) => {
        const opened = await openSession(db, tokenId);
        // In here, as the entry in the audit log is made at its end.
        Object.assign(response.locals, { sessionId: opened.id });
        return opened.secret;
      });
      setSessionCookie(response, secret);
      return { status: 201, body: { accountId, scope, csrfToken: csrfToken(secret) } };
    },
  });
}

function showRoute(): Route {
  return route({
    method: 'get',
    path,
    summary: 'Whose session this is, and its CSRF token',
    tag,
    answers: {
      200: { description: 'The session', schema: sessionView },
      404: { description: 'The request carries a token and no session' },
    },
    run: ({ request, bearer: { accountId, scope, sessionId } }) => {
      const secret = sessionSecretOf(request);
      if (sessionId === null || secret === null) throw noSession();
      return Promise.resolve({ status: 200, body: { accountId, scope, csrfToken: csrfToken(secret) } });
    },
  });
}

function endRoute(database: Database): Route {
  return route({
    method: 'delete',
    path,
    action: 'session.end',
    summary: 'End the session',
    tag,
    answers: {
      204: { description: 'It is over' },
      404: { description: 'The request carries a token and no session' },
    },
    run: async ({ bearer: { sessionId }, response }) => {
      if (sessionId === null) throw noSession();
      await database.transaction((db) => endSession(db, sessionId));
      clearSessionCookie(response);
      return { status: 204 };
    },
  });
}

const noSession = () => new Problem(404, 'NOT_FOUND', 'the request carries a token, and no session');
