import { type Database, isDuplicateKey, Mailbox, newId } from '@sorting-office/db';
import { assertMailboxPath, mailboxInput, TaskFailure } from '@sorting-office/tasks';
import { z } from 'zod';
import { idParams } from '../http/openapi';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/page';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';

const tag = 'mailboxes';

const mailboxView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(['maildir']),
    path: z.string(),
    addresses: z.array(z.string()),
    folders: z.record(z.string(), z.string().nullable()),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Mailbox' });

const viewMailbox = ({
  id,
  name,
  kind,
  location,
  addresses,
  folders,
  created_at,
}: Mailbox): z.infer<typeof mailboxView> => ({
  id,
  name,
  kind,
  path: location,
  addresses,
  folders,
  createdAt: created_at.toISOString(),
});

/** Connecting mailboxes and looking at them. */
export function mailboxRoutes(database: Database, mailboxRoot: string | null): Route[] {
  return [connectRoute(database, mailboxRoot), listRoute(database), showRoute(database)];
}

function connectRoute(database: Database, mailboxRoot: string | null): Route {
  return route({
    method: 'post',
    path: '/api/mailboxes',
    action: 'mailbox.connect',
    summary: 'Connect a mailbox',
    tag,
    body: mailboxInput,
    answers: {
      201: { description: 'Connected', schema: mailboxView },
      200: { description: 'This mailbox was connected before, and is as it was', schema: mailboxView },
      400: { description: 'The mailbox is not valid' },
    },
    run: async ({ body, accountId }) => {
      const { name, kind, path, addresses, folders } = body;
      await checkPath(path, mailboxRoot);
      const id = newId();
      const created = await database.transaction(
        async (db) => {
          try {
            await db(Mailbox).insert({
              id,
              account_id: accountId,
              name,
              kind,
              location: path,
              addresses,
              folders,
              scan_cursor: null,
            });
            return true;
          } catch (error) {
            if (!isDuplicateKey(error)) throw error;
            return false;
          }
        },
        { about: id },
      );
      const mailbox = await database.read((db) =>
        db(Mailbox).findOne({ account_id: accountId, location: path }).throwIfNotFound(),
      );
      return { status: created ? 201 : 200, location: `/api/mailboxes/${mailbox.id}`, body: viewMailbox(mailbox) };
    },
  });
}

/** The worker that opens it looks again: it sees links that are not here, and those that are put there later. */
async function checkPath(path: string, mailboxRoot: string | null): Promise<void> {
  try {
    await assertMailboxPath(path, mailboxRoot);
  } catch (error) {
    if (error instanceof TaskFailure) throw new Problem(400, error.code, error.message);
    throw error;
  }
}

function listRoute(database: Database): Route {
  return route({
    method: 'get',
    path: '/api/mailboxes',
    summary: 'Mailboxes, the newest first',
    tag,
    query: pageQuery,
    answers: { 200: { description: 'A page of mailboxes', schema: pageOf(mailboxView) } },
    run: async ({ query: { cursor, limit }, accountId }) => {
      const mailboxes = await database.read((db) => {
        const query = db(Mailbox).where({ account_id: accountId });
        if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor));
        return query.orderBy('id', 'desc').limit(limit + 1);
      });
      const { items, next } = toPage(mailboxes, limit);
      return { status: 200, body: { items: items.map(viewMailbox), next } };
    },
  });
}

function showRoute(database: Database): Route {
  return route({
    method: 'get',
    path: '/api/mailboxes/:id',
    summary: 'One mailbox',
    tag,
    params: idParams,
    answers: {
      200: { description: 'The mailbox', schema: mailboxView },
      404: { description: 'There is no such mailbox' },
    },
    run: async ({ params: { id }, accountId }) => {
      const mailbox = await database.read((db) => db(Mailbox).findOne({ id, account_id: accountId }));
      if (!mailbox) throw Problem.notFound('mailbox', id);
      return { status: 200, body: viewMailbox(mailbox) };
    },
  });
}
