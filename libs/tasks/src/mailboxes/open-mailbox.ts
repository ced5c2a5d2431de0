import { Mailbox, type UnitOfWork } from '@sorting-office/db';
import { MailError, type MailStore, openMaildir } from '@sorting-office/mail';
import { TaskFailure } from '../define/task-failure';

/**
 * Finds a mailbox of an account.
 *
 * @throws TaskFailure MAILBOX_UNKNOWN
 */
export async function findMailbox(db: UnitOfWork, accountId: string, id: string): Promise<Mailbox> {
  const mailbox = await db(Mailbox).findOne({ id, account_id: accountId });
  if (!mailbox)
    throw new TaskFailure('MAILBOX_UNKNOWN', `there is no mailbox ${id}: connect one with POST /api/mailboxes`);
  return mailbox;
}

/**
 * Opens the store that a mailbox's mails are kept in.
 *
 * @throws TaskFailure with the store's code (MAILBOX_NOT_FOUND, NOT_A_MAILDIR …)
 */
export const openStore = ({ location }: Pick<Mailbox, 'location'>): Promise<MailStore> =>
  onStore(() => openMaildir(location));

/** Runs work on a store; what the store says cannot be mended by trying again ends the task. */
export async function onStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MailError && error.code !== 'MAIL_BUSY')
      throw new TaskFailure(error.code, error.message, { cause: error });
    throw error;
  }
}
