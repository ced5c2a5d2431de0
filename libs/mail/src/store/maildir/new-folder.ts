// Makes a Maildir++ folder. Every step may have been done before by somebody else or by a run that died, so each one
// may be repeated.
import { mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../errors';
import type { DirectorySync } from './directory-sync';
import { errnoOf, orNull } from './listing';

/** Makes the directory of a folder with everything in it, with the permissions of the mailbox itself. */
export async function makeFolder(root: string, directory: string, durable: DirectorySync): Promise<void> {
  try {
    const { mode } = await stat(root);
    for (const part of ['', 'tmp', 'new', 'cur']) {
      await orNull(mkdir(join(directory, part), { mode: mode & 0o777 }), 'EEXIST');
    }
    if (directory !== root) await (await open(join(directory, 'maildirfolder'), 'a', mode & 0o666)).close();
    await durable.sync(directory);
    await durable.sync(root);
  } catch (cause) {
    const code = errnoOf(cause);
    if (code === undefined) throw cause;
    throw new MailError('MOVE_IMPOSSIBLE', `The folder ${directory} cannot be made (${code}).`, { cause });
  }
}
