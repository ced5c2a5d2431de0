import { createHmac } from 'node:crypto';
import { sameText, sessionSeconds } from '@sorting-office/db';
import type { Request, Response } from 'express';
import { Problem } from '../http/problem';

/** The prefix has browsers refuse it unless it is Secure, of this host alone, and for every path. */
export const sessionCookie = '__Host-office_session';
export const csrfHeader = 'x-csrf-token';

const attributes = { secure: true, httpOnly: true, sameSite: 'strict', path: '/' } as const;

export function setSessionCookie(response: Response, secret: string): void {
  response.cookie(sessionCookie, secret, { ...attributes, maxAge: sessionSeconds * 1000 });
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(sessionCookie, attributes);
}

/** The secret of the session cookie that a request carries, if it does. */
export function sessionSecretOf(request: Request): string | null {
  const pairs = (request.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const pair = pairs.find((one) => one.startsWith(`${sessionCookie}=`));
  return pair === undefined ? null : pair.slice(sessionCookie.length + 1);
}

/** What a session's unsafe requests must say beside the cookie: only who was given it, or has the cookie's secret, can. */
export const csrfToken = (sessionSecret: string): string =>
  createHmac('sha256', sessionSecret).update('csrf').digest('base64url');

/** @throws Problem CSRF_TOKEN_INVALID, ORIGIN_FOREIGN */
export function requireOwnPage(request: Request, sessionSecret: string): void {
  requireSameOrigin(request);
  if (!sameText(request.get(csrfHeader) ?? '', csrfToken(sessionSecret)))
    throw new Problem(
      403,
      'CSRF_TOKEN_INVALID',
      'with a cookie, what changes something needs X-CSRF-Token: GET /api/session has it',
    );
}

/** @throws Problem ORIGIN_FOREIGN when the request says that it is from another site's page. */
export function requireSameOrigin(request: Request): void {
  const origin = request.get('origin');
  const site = request.get('sec-fetch-site');
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreign || (origin !== undefined && hostOf(origin) !== request.get('host')))
    throw new Problem(403, 'ORIGIN_FOREIGN', 'the request is from a page of another origin');
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
