import { Action, actionState, type Database, Mail, type UnitOfWork, Verdict } from '@sorting-office/db';
import { z } from 'zod';
import { idParams } from '../http/openapi';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { taskDetail } from '../tasks/task-view';
import { answerEnqueued, enqueueHeaders, type TaskRoutesParts } from './tasks';

const tag = 'mails';

const address = z.object({ name: z.string(), address: z.string() });

const actionView = z
  .object({
    id: z.uuid(),
    runId: z.uuid().meta({ description: 'The run that it belongs to: what undoes all of that run names it' }),
    kind: z.enum(['move']),
    from: z.string().meta({ description: 'The folder before' }),
    to: z.string().meta({ description: 'The folder after' }),
    state: actionState,
    reason: z.string().nullable().meta({ description: 'Why it was skipped or failed' }),
    at: z.iso.datetime().meta({ description: 'When it ended, or was planned while it has not' }),
    undoes: z.uuid().nullable().meta({ description: 'The action that this one takes back' }),
  })
  .meta({ id: 'Action' });

const mailView = z
  .object({
    id: z.uuid(),
    mailboxId: z.uuid(),
    folder: z.string().meta({ description: 'Where it was seen last' }),
    flags: z.string().meta({ description: 'As they were when it was sorted; letters as in Maildir' }),
    from: address,
    recipients: z.array(address),
    subject: z.string(),
    snippet: z.string(),
    sentAt: z.iso.datetime().nullable(),
    size: z.int().meta({ description: 'Bytes' }),
    attachments: z.array(z.object({ filename: z.string().nullable(), mimeType: z.string(), size: z.number() })),
    problems: z.array(z.string()).meta({ description: 'What could not be read of it' }),
    verdict: z
      .object({
        category: z.string(),
        confidence: z.number().meta({ description: '0 to 1' }),
        reasons: z.array(z.object({ signal: z.string(), text: z.string() })),
      })
      .nullable()
      .meta({ description: 'What it was taken for and why' }),
    actions: z.array(actionView).meta({ description: 'What was done to it, the oldest first' }),
  })
  .meta({ id: 'Mail' });

/** Looking at a mail, with why it is where it is, and putting it back. */
export function mailRoutes(parts: TaskRoutesParts): Route[] {
  return [showRoute(parts.database), undoRoute(parts)];
}

function showRoute(database: Database): Route {
  return route({
    method: 'get',
    path: '/api/mails/:id',
    summary: 'One mail, with its verdict and what was done to it',
    tag,
    params: idParams,
    answers: { 200: { description: 'The mail', schema: mailView }, 404: { description: 'There is no such mail' } },
    run: async ({ params: { id }, accountId }) => ({
      status: 200,
      body: await database.read(async (db) => viewMail(db, await findMail(db, accountId, id))),
    }),
  });
}

function undoRoute(parts: TaskRoutesParts): Route {
  return route({
    method: 'post',
    path: '/api/mails/:id/undo',
    action: 'mail.undo',
    summary: 'Put a mail back where it was before it was filed, unless somebody else has moved it since',
    tag,
    params: idParams,
    headers: enqueueHeaders,
    answers: {
      202: { description: 'Enqueued, as a task named undo', schema: taskDetail },
      200: { description: 'Enqueued before: the same Idempotency-Key, or it is queued already', schema: taskDetail },
      404: { description: 'There is no such mail' },
      422: { description: 'The Idempotency-Key was used with another payload' },
    },
    run: async ({ params: { id }, accountId, request }) => {
      const { mailbox_id: mailboxId } = await parts.database.read((db) => findMail(db, accountId, id));
      return answerEnqueued(parts, parts.registry.get('undo'), { mailboxId, mailId: id }, { accountId, request });
    },
  });
}

/** @throws Problem NOT_FOUND, also for a mail of another account */
async function findMail(db: UnitOfWork, accountId: string, id: string): Promise<Mail> {
  const mail = await db(Mail).findOne({ id, account_id: accountId });
  if (!mail) throw Problem.notFound('mail', id);
  return mail;
}

/** Two statements more, both by an index of the mail's id. */
async function viewMail(db: UnitOfWork, mail: Mail): Promise<z.infer<typeof mailView>> {
  const verdict = await db(Verdict).findOne({ mail_id: mail.id });
  const actions = await db(Action).where({ mail_id: mail.id }).orderBy('id');
  return {
    id: mail.id,
    mailboxId: mail.mailbox_id,
    folder: mail.folder,
    flags: mail.flags,
    from: { name: mail.from_name, address: mail.from_address },
    recipients: mail.recipients,
    subject: mail.subject,
    snippet: mail.snippet,
    sentAt: mail.sent_at?.toISOString() ?? null,
    size: mail.size,
    attachments: mail.attachments,
    problems: mail.problems,
    verdict: verdict ? { category: verdict.category, confidence: verdict.confidence, reasons: verdict.reasons } : null,
    actions: actions.map(viewAction),
  };
}

const viewAction = (action: Action): z.infer<typeof actionView> => ({
  id: action.id,
  runId: action.run_id,
  kind: action.kind,
  from: action.from_folder,
  to: action.to_folder,
  state: action.state,
  reason: action.reason,
  at: (action.finished_at ?? action.created_at).toISOString(),
  undoes: action.undoes,
});
