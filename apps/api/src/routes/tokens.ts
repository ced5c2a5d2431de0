import {
  type Bearer,
  type Database,
  insertToken,
  keptBy,
  type MadeToken,
  revokeToken,
  rotateToken,
  tableBy,
  Token,
  type TokenKeeper,
  tokenScope,
} from '@sorting-office/db';
import { z } from 'zod';
import { idParams } from '../http/openapi';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/page';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';

const tag = 'tokens';
const day = 24 * 60 * 60;
const moment = (what: string) => z.string().nullable().meta({ description: what });

const tokenView = z
  .object({
    id: z.uuid(),
    accountId: z.uuid(),
    name: z.string(),
    scope: tokenScope,
    createdAt: z.string(),
    expiresAt: moment('null for never'),
    lastUsedAt: moment('To about a minute; null for never'),
    revokedAt: moment('null while it was not'),
  })
  .meta({ id: 'Token' });

const madeView = z.object({
  id: z.uuid(),
  token: z.string().meta({ description: 'Shown once: it is stored nowhere' }),
  expiresAt: moment('null for never; no later than the end of the token that it was made with'),
});

const keeperOf = ({ accountId, scope }: Pick<Bearer, 'accountId' | 'scope'>): TokenKeeper =>
  scope === 'operator' ? null : { accountId };

/** An owner looks after the owners' tokens of his account, an operator after all. */
export function tokenRoutes(database: Database): Route[] {
  return [listRoute(database), createRoute(database), revokeRoute(database), rotateRoute(database)];
}

function listRoute(database: Database): Route {
  return route({
    method: 'get',
    path: '/api/tokens',
    action: 'token.list',
    summary: 'Tokens, the newest first: those of owners of the account, and for an operator all',
    tag,
    query: pageQuery,
    answers: {
      200: { description: 'A page of tokens', schema: pageOf(tokenView) },
      400: { description: 'The query is not valid' },
    },
    run: async ({ query: { cursor, limit }, accountId, scope }) => ({
      status: 200,
      body: await database.read(async (db) => {
        const keeper = keeperOf({ accountId, scope });
        const query = db(Token).where(keptBy(keeper));
        if (keeper) query.from(tableBy(Token, 'tokens_account'));
        if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor));
        const { items, next } = toPage(await query.orderBy('id', 'desc').limit(limit + 1), limit);
        return { items: items.map(viewToken), next };
      }),
    }),
  });
}

const newToken = z.object({
  name: z.string().min(1).max(190),
  scope: tokenScope.default('owner'),
  expiresInDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .meta({ description: 'As late as may be when absent: never, or with the token that asks' }),
});

function createRoute(database: Database): Route {
  return route({
    method: 'post',
    path: '/api/tokens',
    action: 'token.create',
    summary: 'Make a token for the account',
    tag,
    body: newToken,
    answers: {
      201: { description: 'The token', schema: madeView },
      400: { description: 'What it is to be is not valid' },
      403: { description: 'Only an operator makes tokens of operators' },
    },
    run: async ({ body, accountId, scope, bearer: { tokenId: makerId } }) => {
      if (body.scope === 'operator' && scope !== 'operator')
        throw new Problem(403, 'OPERATOR_REQUIRED', 'only an operator makes tokens of operators');
      const lifeSeconds = body.expiresInDays === undefined ? null : body.expiresInDays * day;
      const made = await database.transaction((db) =>
        insertToken(db, { accountId, name: body.name, scope: body.scope, lifeSeconds, makerId }),
      );
      return { status: 201, body: viewMade(made) };
    },
  });
}

function revokeRoute(database: Database): Route {
  return route({
    method: 'delete',
    path: '/api/tokens/:id',
    action: 'token.revoke',
    summary: 'End a token at once, and its sessions with it',
    tag,
    params: idParams,
    answers: {
      204: { description: 'It is over' },
      404: { description: 'There is no such token, or it was ended before' },
    },
    run: async ({ params: { id }, accountId, scope }) => {
      await database.transaction(async (db) => {
        const done = await revokeToken(db, id, keeperOf({ accountId, scope }));
        if (!done) throw Problem.notFound('token', id);
      });
      return { status: 204 };
    },
  });
}

const rotation = z
  .object({
    graceHours: z.number().min(0).max(24).default(24).meta({ description: 'How long the old one still works' }),
  })
  .optional();

function rotateRoute(database: Database): Route {
  return route({
    method: 'post',
    path: '/api/tokens/:id/rotate',
    action: 'token.rotate',
    summary: 'Make another token like this one, which works for a while still',
    tag,
    params: idParams,
    body: rotation,
    answers: {
      201: { description: 'The new token', schema: madeView },
      400: { description: 'The time is not valid' },
      404: { description: 'There is no such token that works' },
    },
    run: async ({ params: { id }, body, accountId, scope, bearer: { tokenId: makerId } }) => {
      const graceSeconds = Math.round((body?.graceHours ?? 24) * 3600);
      const made = await database.transaction(async (db) => {
        const keeper = keeperOf({ accountId, scope });
        const rotated = await rotateToken(db, { id, keeper, graceSeconds, makerId });
        if (!rotated) throw Problem.notFound('token that works', id);
        return rotated;
      });
      return { status: 201, body: viewMade(made) };
    },
  });
}

const viewMade = ({ id, secret, expiresAt }: MadeToken): z.infer<typeof madeView> => ({
  id,
  token: secret,
  expiresAt: expiresAt?.toISOString() ?? null,
});

const viewToken = (token: Token): z.infer<typeof tokenView> => ({
  id: token.id,
  accountId: token.account_id,
  name: token.name,
  scope: token.scope,
  createdAt: token.created_at.toISOString(),
  expiresAt: token.expires_at?.toISOString() ?? null,
  lastUsedAt: token.last_used_at?.toISOString() ?? null,
  revokedAt: token.revoked_at?.toISOString() ?? null,
});
