/**
 * Makes the mails findable that an earlier release has stored, some hundred at a time; each part enqueues the next one.
 */
import { Mail, MailIndex, MailText, type UnitOfWork, Verdict } from '@sorting-office/db';
import { z } from 'zod';
import { defineTask } from '../define/define-task';
import { done } from '../define/outcome';
import { indexMails, indexVersion } from '../mailboxes/index-mails';
import { findMailbox } from '../mailboxes/open-mailbox';

const mailsPerPart = 500;

const indexMailsTask = defineTask({
  name: 'index_mails',
  description: 'Make mails findable that an earlier release has stored; enqueued by background_sort',
  payload: z.object({ mailboxId: z.uuid() }),
  result: z.object({ indexed: z.int() }),
  queue: 'bulk',
  internal: true,
  timeLimitSeconds: 300,

  async run({ mailboxId }, { db, task, enqueue }) {
    await findMailbox(db, task.accountId, mailboxId);
    const mails = await notIndexed(db, mailboxId);
    const ids = mails.map(({ id }) => id);
    if (ids.length > 0) {
      await db(MailIndex).delete().whereIn('mail_id', ids);
      await indexMails(db, mailboxId, await withWords(db, mails));
      await db(Mail).patch({ index_version: indexVersion }).whereIn('id', ids);
    }
    if (mails.length === mailsPerPart) await enqueue(indexMailsTask, { mailboxId });
    return done({ indexed: mails.length });
  },
});
export default indexMailsTask;

/** The next mails to index, locked: another part that runs meanwhile takes others. By the index `mails_index_version`. */
const notIndexed = (db: UnitOfWork, mailboxId: string) =>
  db(Mail)
    .where({ mailbox_id: mailboxId })
    .where('index_version', '<', indexVersion)
    .limit(mailsPerPart)
    .forUpdate()
    .skipLocked();

async function withWords(db: UnitOfWork, mails: readonly Mail[]) {
  const ids = mails.map(({ id }) => id);
  const texts = new Map(
    (await db(MailText).select('mail_id', 'words').whereIn('mail_id', ids)).map((one) => [one.mail_id, one]),
  );
  const verdicts = new Map((await db(Verdict).whereIn('mail_id', ids)).map((one) => [one.mail_id, one]));
  return mails.map((mail) => ({
    id: mail.id,
    from: mail.from_address === '' ? null : { name: mail.from_name, address: mail.from_address },
    recipients: mail.recipients,
    subject: mail.subject,
    words: texts.get(mail.id)?.words ?? '',
    sentAt: mail.sent_at,
    seenAt: mail.created_at,
    flags: mail.flags,
    hasAttachment: mail.attachments.length > 0,
    category: verdicts.get(mail.id)?.category ?? null,
  }));
}
