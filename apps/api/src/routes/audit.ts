import { AuditEntry, type Database, tableBy } from '@sorting-office/db';
import { z } from 'zod';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/page';
import { type Route, route } from '../http/route';

const entryView = z
  .object({
    id: z.uuid(),
    at: z.string(),
    accountId: z.uuid().nullable().meta({ description: 'null on the command line' }),
    tokenId: z.uuid().nullable(),
    sessionId: z.uuid().nullable(),
    action: z.string(),
    object: z.string().nullable(),
    outcome: z.string().meta({ description: '`done`, or the code of the problem' }),
    requestId: z.uuid().meta({ description: 'X-Request-Id of the answer' }),
    address: z.string(),
  })
  .meta({ id: 'AuditEntry' });

/** Who did what. */
export const auditRoute = (database: Database): Route =>
  route({
    method: 'get',
    path: '/api/audit',
    action: 'audit.list',
    summary: 'Who did what, the latest first: of the account, and for an operator of all',
    tag: 'audit',
    query: pageQuery,
    answers: {
      200: { description: 'A page of the log', schema: pageOf(entryView) },
      400: { description: 'The query is not valid' },
    },
    run: async ({ query: { cursor, limit }, accountId, scope }) => ({
      status: 200,
      body: await database.read(async (db) => {
        const query = db(AuditEntry);
        if (scope === 'owner') query.from(tableBy(AuditEntry, 'audit_log_account')).where({ account_id: accountId });
        if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor));
        const { items, next } = toPage(await query.orderBy('id', 'desc').limit(limit + 1), limit);
        return { items: items.map(viewEntry), next };
      }),
    }),
  });

const viewEntry = (entry: AuditEntry): z.infer<typeof entryView> => ({
  id: entry.id,
  at: entry.created_at.toISOString(),
  accountId: entry.account_id,
  tokenId: entry.token_id,
  sessionId: entry.session_id,
  action: entry.action,
  object: entry.object,
  outcome: entry.outcome,
  requestId: entry.request_id,
  address: entry.address,
});
