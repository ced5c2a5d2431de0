import { Mailbox, type UnitOfWork } from '@sorting-office/db';
import { assertMailboxWithin, MailError, type MailStore, openMaildir } from '@sorting-office/mail';
import type { PrepareContext } from '../define/task-context';
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
 * @param mailboxRoot the folder that it must be in; null for anywhere
 * @throws TaskFailure with the store's code (MAILBOX_NOT_FOUND, MAILBOX_OUTSIDE_ROOT, NOT_A_MAILDIR …)
 */
export const openStore = (
  { location }: Pick<Mailbox, 'location'>,
  { mailboxRoot }: Pick<PrepareContext, 'mailboxRoot'>,
): Promise<MailStore> => onStore(() => openMaildir(location, { within: mailboxRoot }));

/**
 * Refuses the path of a mailbox outside of the folder that mailboxes must be in, as far as can be seen from here.
 *
 * @throws TaskFailure MAILBOX_OUTSIDE_ROOT, MAILBOX_FORBIDDEN
 */
export async function assertMailboxPath(path: string, mailboxRoot: string | null): Promise<void> {
  if (mailboxRoot !== null) await onStore(() => assertMailboxWithin(path, mailboxRoot));
}

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
