// Keeps a mailbox in the folder that mailboxes must be in, and its folders in the mailbox, wherever `..` and symbolic links
// lead. A link may be put there at any time, so every use of a folder looks anew. Between the look and the use there is an
// instant in which who can write into the mailbox could still put one: Node.js cannot open a file relative to a directory.
import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { MailError } from '../../errors';
import { mailboxError, orNull } from './listing';

/** Throws MailError MAILBOX_OUTSIDE_ROOT for the directory of a folder that is not in its mailbox. */
export type Confine = (directory: string) => Promise<void>;

/** Lets everything pass. */
export const unconfined: Confine = () => Promise.resolve();

/**
 * Checks that a mailbox is in the folder that mailboxes must be in: as it is written, and where it really is, should it exist.
 *
 * @param within absolute; null for anywhere
 * @returns where it really is; null when there is nothing
 * @throws MailError MAILBOX_OUTSIDE_ROOT, MAILBOX_FORBIDDEN
 */
export async function assertMailboxWithin(path: string, within: string | null): Promise<string | null> {
  const refused = () =>
    new MailError(
      'MAILBOX_OUTSIDE_ROOT',
      `${path} is not in ${within ?? ''}, where mailboxes must be: put the mailbox there, or have the operator set MAILBOX_ROOT to a folder that holds it.`,
    );
  if (within !== null && !isWithin(resolve(path), resolve(within))) throw refused();
  const real = await whereItIs(path);
  if (within !== null && real !== null && !isWithin(real, (await whereItIs(within)) ?? within)) throw refused();
  return real;
}

/** Confines folders to the mailbox that is really at `mailbox`. */
export const confineTo =
  (mailbox: string): Confine =>
  async (directory) => {
    for (const used of [directory, join(directory, 'new'), join(directory, 'cur')]) {
      const real = await whereItIs(used);
      if (real !== null && !isWithin(real, mailbox))
        throw new MailError(
          'MAILBOX_OUTSIDE_ROOT',
          `${used} leads out of its mailbox: put a folder in the place of the symbolic link.`,
        );
    }
  };

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}

async function whereItIs(path: string): Promise<string | null> {
  try {
    return await orNull(realpath(path), 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG');
  } catch (error) {
    throw mailboxError(path, error);
  }
}
