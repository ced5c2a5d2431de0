import type { OfficeApi } from '../api/client';
import type { Mailbox } from '../api/schemas';
import { usageError } from '../errors';

/**
 * The mailbox that a command is about: the one that is named, by id, path or name, else the newest.
 *
 * @param onChoice told when nobody has named one of several: the newest, and how many there are.
 * @throws OfficeError MAILBOX_UNKNOWN, MAILBOX_AMBIGUOUS
 */
export async function chooseMailbox(
  api: OfficeApi,
  wanted: string | undefined,
  onChoice: (newest: Mailbox, count: number) => void,
): Promise<Mailbox> {
  const mailboxes = await api.mailboxes();
  const [newest] = mailboxes;
  if (!newest)
    throw usageError('MAILBOX_UNKNOWN', 'no mailbox is connected', ['`office sort PATH` connects one and sorts it.']);
  if (wanted !== undefined) return named(mailboxes, wanted);
  if (mailboxes.length > 1) onChoice(newest, mailboxes.length);
  return newest;
}

/** By id, else by path, else by name, whatever the case. */
function named(mailboxes: readonly Mailbox[], wanted: string): Mailbox {
  const exact = mailboxes.find(({ id, path }) => id === wanted || path === wanted);
  if (exact) return exact;
  const sameName = mailboxes.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const [only] = sameName;
  if (only && sameName.length === 1) return only;
  if (only)
    throw usageError('MAILBOX_AMBIGUOUS', `${sameName.length} mailboxes are named "${wanted}": name one by its id`, [
      ...sameName.map(({ id, path }) => `${id}  ${path}`),
    ]);
  throw usageError('MAILBOX_UNKNOWN', `there is no mailbox "${wanted}"`, [
    `There are: ${mailboxes.map(({ name }) => name).join(', ')}.`,
  ]);
}
