// Reads one mail's bytes, wherever its file is called by now.
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { MailError } from '../../errors';
import type { MailRef } from '../mail-store';
import type { MailFile } from './file-names';
import type { FolderCache } from './folder-cache';
import { inodeOf, parseKey } from './keys';
import { errnoOf } from './listing';
import { pathOf } from './placing';

/** Mails above this size are not read: 64 MiB, twice what large providers accept. */
export const MAX_MAIL_BYTES = 64 * 1024 * 1024;

// A name may turn out to be a pipe or a link to somewhere else: neither waits here, nor is followed.
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** How `MailStore.read` works for a Maildir; `seen` is the file as it was when the mail was listed. */
export async function readMail(folders: FolderCache, ref: MailRef, seen: MailFile): Promise<Uint8Array> {
  // Looked for only when it is needed: in its folder first, then in all.
  const found =
    (await readThatMail(ref, [seen])) ??
    (await readThatMail(ref, await folders.find(ref.folder, seen.unique, true))) ??
    (await readThatMail(ref, await folders.findEverywhere(seen.unique)));
  if (!found) throw new MailError('MAIL_GONE', `The mail ${ref.key} is no longer in the mailbox.`);
  return found;
}

/** The bytes of the first of these files that is the mail; null when none is, or has been moved meanwhile. */
async function readThatMail(ref: MailRef, files: readonly MailFile[]): Promise<Uint8Array | null> {
  for (const file of files) {
    const bytes = (await isThatMail(ref, file)) ? await readFile(file) : null;
    if (bytes) return bytes;
  }
  return null;
}

async function isThatMail(ref: MailRef, file: MailFile): Promise<boolean> {
  const { inode } = parseKey(ref.key);
  const found = await inodeOf(pathOf(file));
  return found !== null && (inode === null || inode === found);
}

async function readFile(file: MailFile): Promise<Uint8Array | null> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(pathOf(file), OPEN_FLAGS);
    const found = await handle.stat();
    if (!found.isFile())
      throw new MailError('MAIL_UNREADABLE', `${file.name} in ${file.folder} is not a regular file.`);
    if (found.size > MAX_MAIL_BYTES) {
      throw new MailError(
        'MAIL_TOO_LARGE',
        `The mail ${file.unique} has ${found.size} bytes; at most ${MAX_MAIL_BYTES} are read.`,
      );
    }
    return await handle.readFile();
  } catch (cause) {
    const code = errnoOf(cause);
    if (code === 'ENOENT') return null;
    if (cause instanceof MailError || code === undefined) throw cause;
    throw new MailError('MAIL_UNREADABLE', `The mail ${file.unique} in ${file.folder} cannot be read (${code}).`, {
      cause,
    });
  } finally {
    await handle?.close();
  }
}
