/**
 * Sorts up to some hundred mails: reads and judges them outside of the transaction, then stores mail, verdict and planned action
 * of each together. What cannot be read is stored all the same, with what is known of it, and is left for its owner to review.
 */
import {
  Action,
  Correspondent,
  Mail,
  type Mailbox,
  MailText,
  newId,
  type UnitOfWork,
  Verdict,
} from '@sorting-office/db';
import {
  categorySchema,
  classify,
  foldText,
  type Knowledge,
  MailError,
  type MailRef,
  mailRefSchema,
  type MailStore,
  type ParsedMail,
  parseMail,
  searchTokens,
  type Verdict as Judgement,
} from '@sorting-office/mail';
import { z } from 'zod';
import { defineTask } from '../define/define-task';
import { done } from '../define/outcome';
import { call } from '../define/task-context';
import { type IndexableMail, indexMails, indexVersion } from '../mailboxes/index-mails';
import { isFiledFrom } from '../mailboxes/folder-roles';
import { findMailbox, openStore } from '../mailboxes/open-mailbox';
import applyActions from './apply-actions.task';

/** A mail that is no longer where it was. */
const skippedMail = z.object({ path: z.string(), reason: z.string() });

interface Judged {
  ref: MailRef;
  /** Null when not even its bytes could be read. */
  mail: ParsedMail | null;
  /** What it is found by, folded; of an unreadable mail its file's name. */
  words: string;
  verdict: Judgement;
  problems: readonly string[];
}

interface Prepared {
  mailbox: Mailbox;
  judged: Judged[];
  skipped: z.infer<typeof skippedMail>[];
}

export default defineTask({
  name: 'sort_batch',
  description: 'Sort some mails of a mailbox; enqueued by background_sort',
  payload: z.object({
    mailboxId: z.uuid(),
    runId: z.uuid(),
    dryRun: z.boolean(),
    refs: z.array(mailRefSchema).max(200),
  }),
  result: z.object({ sorted: z.int(), known: z.int(), skipped: z.array(skippedMail) }),
  queue: 'bulk',
  internal: true,
  timeLimitSeconds: 300,

  async prepare({ mailboxId, refs }, { read, task, signal, mailboxRoot }): Promise<Prepared> {
    const { mailbox, knowledge } = await read(async (db) => {
      const found = await findMailbox(db, task.accountId, mailboxId);
      return { mailbox: found, knowledge: await whatIsKnown(db, found) };
    });
    const store = await openStore(mailbox, { mailboxRoot });
    const judged: Judged[] = [];
    const skipped: Prepared['skipped'] = [];
    for (const ref of refs) {
      signal.throwIfAborted();
      const outcome = await judge(store, ref, knowledge);
      if ('verdict' in outcome) judged.push(outcome);
      else skipped.push(outcome);
    }
    return { mailbox, judged, skipped };
  },

  async run({ mailboxId, runId, dryRun }, { db, prepared: { mailbox, judged, skipped }, task, join }) {
    const owned = { account_id: task.accountId, mailbox_id: mailboxId };
    const fresh = await notStored(db, mailboxId, judged);
    const rows = fresh.map((one) => ({ id: newId(), ...one }));
    const actions = rows.flatMap(({ id, ref, verdict }) => {
      const folder = folderFor(mailbox, ref, verdict);
      return folder === null
        ? []
        : {
            ...owned,
            id: newId(),
            mail_id: id,
            run_id: runId,
            kind: 'move' as const,
            from_folder: ref.folder,
            to_folder: folder,
            state: dryRun ? ('proposed' as const) : ('planned' as const),
            prior: ref,
          };
    });
    await db.insertAll(
      Mail,
      rows.map((row) => ({ ...owned, ...mailColumns(row) })),
    );
    await db.insertAll(
      MailText,
      rows.map(({ id, mail, words }) => ({
        mail_id: id,
        mailbox_id: mailboxId,
        words,
        body: mail ? fit(mail.text, bodyKept) : null,
      })),
    );
    await db.insertAll(
      Verdict,
      rows.map(({ id, verdict: { category, confidence, reasons } }) => ({
        ...owned,
        mail_id: id,
        run_id: runId,
        category,
        confidence,
        reasons,
      })),
    );
    await db.insertAll(Action, actions);
    await indexMails(db, mailboxId, rows.map(indexable));
    if (!dryRun && actions.length > 0)
      await join([call(applyActions, { mailboxId, actionIds: actions.map(({ id }) => id) })]);
    return done({ sorted: rows.length, known: judged.length - fresh.length, skipped });
  },
});

async function whatIsKnown(db: UnitOfWork, mailbox: Mailbox): Promise<Knowledge> {
  const correspondents = await db(Correspondent).select('address').where({ mailbox_id: mailbox.id });
  return {
    ownerAddresses: new Set(mailbox.addresses),
    correspondents: new Set(correspondents.map(({ address }) => address)),
  };
}

async function judge(
  store: MailStore,
  ref: MailRef,
  knowledge: Knowledge,
): Promise<Judged | { path: string; reason: string }> {
  try {
    const mail = await parseMail(await store.read(ref));
    return { ref, mail, words: searchTokens(mail), verdict: classify(mail, knowledge), problems: mail.problems };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    if (error.code === 'MAIL_GONE') return { path: `${ref.folder}/${ref.name}`, reason: error.message };
    const reasons = [{ signal: 'unreadable', text: `It could not be read: ${error.message}` }];
    return {
      ref,
      mail: null,
      words: foldText(ref.name),
      verdict: { category: 'review', confidence: 1, reasons, keep: true },
      problems: [error.message],
    };
  }
}

async function notStored(db: UnitOfWork, mailboxId: string, judged: readonly Judged[]): Promise<Judged[]> {
  const keys = judged.map(({ ref }) => ref.key);
  const stored = await db(Mail).select('store_key').where({ mailbox_id: mailboxId }).whereIn('store_key', keys);
  const known = new Set(stored.map(({ store_key }) => store_key));
  return judged.filter(({ ref }) => !known.has(ref.key));
}

function indexable({ id, ref, mail, words, verdict }: Judged & { id: string }): IndexableMail {
  return {
    id,
    from: mail?.from ?? null,
    recipients: recipientsOf(mail),
    subject: mail?.subject ?? '',
    words,
    sentAt: mail?.date ? new Date(mail.date) : null,
    seenAt: new Date(),
    flags: ref.flags,
    hasAttachment: mail !== null && mail.attachments.length > 0,
    category: verdict.category,
  };
}

/** Where a mail is to be filed; null when it stays. */
function folderFor({ folders }: Mailbox, ref: MailRef, { category, keep }: Judgement): string | null {
  const folder = folders[categorySchema.parse(category)] ?? null;
  return keep || !isFiledFrom(ref.folder) || folder === ref.folder ? null : folder;
}

/** What the columns take: mails come in every size and state. */
const fit = (text: string, length: number) => text.slice(0, length).toWellFormed();
const recipientsKept = 100;
/** Characters of the text in which hits are shown. */
const bodyKept = 16_384;

const recipientsOf = (mail: ParsedMail | null) =>
  [...(mail?.to ?? []), ...(mail?.cc ?? [])].slice(0, recipientsKept).map(({ name, address }) => ({ name, address }));

function mailColumns({ id, ref, mail, problems }: Judged & { id: string }) {
  return {
    id,
    store_key: ref.key,
    folder: ref.folder,
    flags: fit(ref.flags, 32),
    message_id: mail?.messageId ? fit(mail.messageId, 512) : null,
    from_name: fit(mail?.from?.name ?? '', 255),
    from_address: fit(mail?.from?.address ?? '', 320),
    recipients: recipientsOf(mail),
    subject: fit(mail?.subject ?? '', 998),
    snippet: fit(mail?.snippet ?? '', 255),
    sent_at: mail?.date ? new Date(mail.date) : null,
    size: mail?.size ?? ref.size ?? 0,
    attachments: mail?.attachments.map(({ filename, mimeType, size }) => ({ filename, mimeType, size })) ?? [],
    problems: [...problems],
    index_version: indexVersion,
  };
}
