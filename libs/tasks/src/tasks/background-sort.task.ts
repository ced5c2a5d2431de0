/**
 * Plans a sort: finds what is new in a mailbox and has it sorted in batches.
 *
 * ```
 *   background_sort --> sort_batch ------> apply_actions --+
 *        |    |   \---> sort_batch ------> apply_actions --+--> sort_report
 *        |    +-------> apply_actions (what dry runs have proposed) --+
 *        +-- nothing new ---------------------------------------------> sort_report
 * ```
 *
 * A dry run stops short of `apply_actions`: it leaves its actions proposed, for apply_plan to carry out alone, or for the next sort
 * that is not dry to carry out together with its own.
 */
import { Action, Correspondent, Mail, Mailbox, MailIndex, newId, type UnitOfWork } from '@sorting-office/db';
import { type MailRef, type MailStore, parseMail, type StoreCursor, storeCursorSchema } from '@sorting-office/mail';
import { z } from 'zod';
import { defineTask } from '../define/define-task';
import { done } from '../define/outcome';
import { call, type TaskCall, type TaskContext } from '../define/task-context';
import { actionsPerTask, chunks, rowsPerStatement } from '../mailboxes/chunks';
import { isSent } from '../mailboxes/folder-roles';
import { indexVersion, statesOf } from '../mailboxes/index-mails';
import { findMailbox, onStore, openStore } from '../mailboxes/open-mailbox';
import { adoptProposals } from '../mailboxes/runs';
import applyActions from './apply-actions.task';
import indexMails from './index-mails.task';
import sortBatch from './sort-batch.task';
import sortReport from './sort-report.task';

const mailsPerBatch = 100;
/** The owner's own mails read for whom they have written to, the most recently listed ones. */
const sentMailsRead = 5000;

interface Plan {
  refs: MailRef[];
  cursor: StoreCursor;
  skipped: { path: string; reason: string }[];
  correspondents: string[];
}

export default defineTask({
  name: 'background_sort',
  description: 'Sort what is new in a mailbox',
  payload: z.object({
    mailboxId: z.uuid(),
    dryRun: z.boolean().default(false).meta({ description: 'Decide and plan, but move nothing' }),
  }),
  result: z.object({
    mailboxId: z.uuid(),
    dryRun: z.boolean(),
    found: z.int().meta({ description: 'Mails in the folders that have changed' }),
    fresh: z.int().meta({ description: 'Mails that had not been sorted before' }),
    proposed: z.int().meta({ description: 'Actions that dry runs had proposed and that are now carried out' }),
    pending: z
      .int()
      .meta({ description: 'Actions that earlier dry runs have proposed and that stay so, as this run is dry' }),
  }),
  queue: 'default',
  timeLimitSeconds: 900,
  unique: ({ mailboxId, dryRun }) => `${mailboxId}${dryRun ? ' dry' : ''}`,

  async prepare({ mailboxId }, { read, task, signal, mailboxRoot }): Promise<Plan> {
    const mailbox = await read((db) => findMailbox(db, task.accountId, mailboxId));
    const store = await openStore(mailbox, { mailboxRoot });
    const {
      mails: refs,
      cursor,
      skipped,
    } = await onStore(() => store.scan(storeCursorSchema.nullable().parse(mailbox.scan_cursor)));
    const sent = refs.filter(({ folder }) => isSent(folder)).slice(-sentMailsRead);
    return { refs, cursor, skipped: [...skipped], correspondents: await readCorrespondents(store, sent, signal) };
  },

  async run(
    { mailboxId, dryRun },
    { db, prepared: { refs, cursor, skipped, correspondents }, task, openBatch, enqueue, log },
  ) {
    const runId = task.id;
    await learnCorrespondents(db, mailboxId, correspondents);
    const fresh = await onlyFresh(db, mailboxId, refs);
    const proposals = await proposalsOf(db, mailboxId, dryRun);
    const proposed = dryRun ? [] : proposals;
    await adoptProposals(db, proposed, runId);
    await indexTheRest(db, mailboxId, enqueue);
    await db(Mailbox).patch({ scan_pending: { runId, cursor } }).where({ id: mailboxId });

    const children: TaskCall[] = [
      ...chunks(fresh, mailsPerBatch).map((batch) => call(sortBatch, { mailboxId, runId, dryRun, refs: batch })),
      ...chunks(proposed, actionsPerTask).map((actionIds) => call(applyActions, { mailboxId, actionIds })),
    ];
    const batchId = newId();
    await openBatch({
      id: batchId,
      children,
      continuation: {
        task: sortReport,
        payload: { mailboxId, runId, batchId, dryRun, skipped: skipped.slice(0, 100) },
      },
    });
    log.info({ mailboxId, dryRun, found: refs.length, fresh: fresh.length, batches: children.length }, 'sort planned');
    return done({
      mailboxId,
      dryRun,
      found: refs.length,
      fresh: fresh.length,
      proposed: proposed.length,
      pending: proposals.length - proposed.length,
    });
  },
});

async function readCorrespondents(store: MailStore, sent: readonly MailRef[], signal: AbortSignal): Promise<string[]> {
  const addresses = new Set<string>();
  for (const ref of sent) {
    signal.throwIfAborted();
    // A mail that cannot be read tells of nobody; sorting it will say why.
    const raw = await store.read(ref).catch(() => null);
    if (!raw) continue;
    const { to, cc } = await parseMail(raw);
    for (const { address } of [...to, ...cc]) if (address) addresses.add(address.toLowerCase().slice(0, 320));
  }
  return [...addresses];
}

async function learnCorrespondents(db: UnitOfWork, mailboxId: string, addresses: readonly string[]): Promise<void> {
  for (const part of chunks(addresses, rowsPerStatement)) {
    const known = await db(Correspondent).select('address').where({ mailbox_id: mailboxId }).whereIn('address', part);
    const knownAddresses = new Set(known.map(({ address }) => address));
    const rows = part
      .filter((address) => !knownAddresses.has(address))
      .map((address) => ({ mailbox_id: mailboxId, address }));
    await db.insertAll(Correspondent, rows);
  }
}

/** The mails that no sort has stored yet. Those that somebody has moved since are noted where they are. */
async function onlyFresh(db: UnitOfWork, mailboxId: string, refs: readonly MailRef[]): Promise<MailRef[]> {
  const fresh: MailRef[] = [];
  for (const part of chunks(refs, rowsPerStatement)) {
    const stored = await db(Mail)
      .select('id', 'store_key', 'folder', 'flags')
      .where({ mailbox_id: mailboxId })
      .whereIn(
        'store_key',
        part.map(({ key }) => key),
      );
    const byKey = new Map(stored.map((mail) => [mail.store_key, mail]));
    for (const ref of part) {
      const mail = byKey.get(ref.key);
      if (!mail) fresh.push(ref);
      else await noteChanges(db, mail, ref);
    }
  }
  return fresh;
}

/** Notes where a mail is by now, and whether it has been read or flagged. */
async function noteChanges(db: UnitOfWork, mail: Mail, { folder, flags }: MailRef): Promise<void> {
  if (mail.folder === folder && mail.flags === flags) return;
  await db(Mail).patch({ folder, flags }).where({ id: mail.id });
  await db(MailIndex).patch(statesOf(flags)).where({ mail_id: mail.id });
}

/** Mails that an earlier release has stored are findable once they are indexed. One statement, by `mails_index_version`. */
async function indexTheRest(db: UnitOfWork, mailboxId: string, enqueue: TaskContext['enqueue']): Promise<void> {
  const rest = await db(Mail)
    .where({ mailbox_id: mailboxId })
    .where('index_version', '<', indexVersion)
    .select('id')
    .first();
  if (rest) await enqueue(indexMails, { mailboxId });
}

/** What dry runs have proposed; locked for a run that is not dry, as it adopts them. */
async function proposalsOf(db: UnitOfWork, mailboxId: string, dryRun: boolean): Promise<string[]> {
  const query = db(Action).select('id').where({ mailbox_id: mailboxId, state: 'proposed' }).orderBy('id');
  return (await (dryRun ? query : query.forUpdate())).map(({ id }) => id);
}
