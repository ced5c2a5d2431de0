// Moves one mail. The mail has a name in the target folder, on disk, before it loses the one it had:
//
//     INBOX/cur/x:2,S                              1. look for it, and for its name in the target folder
//     INBOX/cur/x:2,S   .News/cur/x:2,S            2. link (fails if the name is taken), sync .News/cur
//                       .News/cur/x:2,S            3. release the old name (see placing.ts), sync INBOX/cur
//
// Died after 2: the mail is in both folders, which a scan shows as one mail; the move done again finds the same inode
// in the target and goes on at 3. When a file is not where it was a moment ago, somebody else works here too: look
// again.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../errors';
import type { MailRef, MoveResult } from '../mail-store';
import type { DirectorySync } from './directory-sync';
import { isOrdinary, ordinaryName, type MailFile } from './file-names';
import { assertFolderName } from './folder-names';
import type { FolderCache } from './folder-cache';
import { inodeOf, parseKey } from './keys';
import { orNull } from './listing';
import { makeFolder } from './new-folder';
import { assertReleasable, pathOf, place, release, type FileSystem } from './placing';
import { refTo } from './scan';

const ATTEMPTS = 5;

export interface Mover {
  readonly folders: FolderCache;
  readonly durable: DirectorySync;
  readonly files: FileSystem;
}

/** How `MailStore.move` works for a Maildir; `seen` is the file as it was when the mail was listed. */
export async function moveMail(mover: Mover, ref: MailRef, seen: MailFile, toFolder: string): Promise<MoveResult> {
  assertFolderName(toFolder);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const result = await tryMove(mover, ref, seen, toFolder, attempt > 0);
    if (result) return result;
  }
  throw new MailError('MAIL_BUSY', `The mail ${ref.key} keeps being moved or renamed by others: try again.`);
}

/** One attempt; null when the mail or a folder changed meanwhile and it has to be looked for again. */
async function tryMove(
  { folders, durable, files }: Mover,
  ref: MailRef,
  seen: MailFile,
  toFolder: string,
  fresh: boolean,
): Promise<MoveResult | null> {
  const source = await findSource(folders, ref, seen);
  if (!source) return whereItIs(folders, ref, seen.unique, toFolder);
  if (ref.folder === toFolder) return { outcome: 'already_there', ref: refTo(ref.key, source.file) };
  assertReleasable(source.file);

  const target = await folders.locate(toFolder);
  if (!target.exists) {
    await makeFolder(folders.root, target.directory, durable);
    folders.forget(toFolder);
  }
  const there = await inTarget(folders, toFolder, source, fresh);
  if (there === 'other') return conflict(ref, toFolder);
  const wanted = { ...source.file, ...target, name: ordinaryName(source.file) };
  const placed = there && isOrdinary(there) && !hasMoreFlags(source.file, there) ? there : wanted;
  if (placed !== there) {
    switch (await place(files, source.file, pathOf(placed))) {
      case 'taken':
        return conflict(ref, toFolder);
      case 'busy':
        return null;
      case 'vanished':
        // Somebody may have removed new/ or cur/ alone.
        await makeFolder(folders.root, target.directory, durable);
        return null;
      case 'renamed':
        await durable.sync(directoryOf(placed));
        await durable.sync(directoryOf(source.file));
        return done(folders, ref, source.file, placed);
      case 'linked':
    }
  }
  await durable.sync(directoryOf(placed));
  const hasOtherName = (inode: string) => isSomewhere(folders, placed, inode);
  if (there && there !== placed) await release(files, there, hasOtherName);
  const released = await release(files, source.file, hasOtherName);
  await durable.sync(directoryOf(source.file));
  if (released === 'vanished') return null;
  if (released === 'kept') return { outcome: 'gone', foundIn: ref.folder };
  return done(folders, ref, source.file, placed);
}

/**
 * Whether the mail was flagged under its old name after it had got the new one: then the old name's flags are the later
 * ones.
 */
const hasMoreFlags = (source: MailFile, there: MailFile): boolean =>
  source.flags.length > there.flags.length && there.flags.split('').every((flag) => source.flags.includes(flag));

interface Found {
  readonly file: MailFile;
  readonly inode: string;
}

async function findSource(folders: FolderCache, ref: MailRef, seen: MailFile): Promise<Found | null> {
  const { inode: wanted } = parseKey(ref.key);
  const unlessOther = async (file: MailFile): Promise<Found | null> => {
    const inode = await inodeOf(pathOf(file));
    return inode !== null && (wanted === null || wanted === inode) ? { file, inode } : null;
  };
  const unchanged = await unlessOther(seen);
  if (unchanged) return unchanged;
  for (const file of await folders.find(ref.folder, seen.unique, true)) {
    const found = await unlessOther(file);
    if (found) return found;
  }
  return null;
}

/**
 * The file of this mail in the target folder; 'other' when there is only another mail of its name. An empty file is
 * none.
 */
async function inTarget(
  folders: FolderCache,
  toFolder: string,
  source: Found,
  fresh: boolean,
): Promise<MailFile | 'other' | null> {
  let result: 'other' | null = null;
  for (const file of await folders.find(toFolder, source.file.unique, fresh)) {
    const found = await orNull(lstat(pathOf(file), { bigint: true }), 'ENOENT');
    if (found?.ino.toString() === source.inode) return file;
    if (found && found.size > 0n) result = 'other';
  }
  return result;
}

/** Whether the mail with this inode has a name that it can stay with, the expected one or any other. */
async function isSomewhere(folders: FolderCache, expected: MailFile, inode: string): Promise<boolean> {
  if ((await inodeOf(pathOf(expected))) === inode) return true;
  for (const file of await folders.findEverywhere(expected.unique)) {
    if (isOrdinary(file) && (await inodeOf(pathOf(file))) === inode) return true;
  }
  return false;
}

async function whereItIs(folders: FolderCache, ref: MailRef, unique: string, toFolder: string): Promise<MoveResult> {
  const { inode: wanted } = parseKey(ref.key);
  let foundIn: string | null = null;
  for (const file of await folders.findEverywhere(unique)) {
    if (wanted !== null && (await inodeOf(pathOf(file))) !== wanted) continue;
    if (file.folder === toFolder) return { outcome: 'already_there', ref: refTo(ref.key, file) };
    foundIn ??= file.folder;
  }
  return { outcome: 'gone', foundIn };
}

async function done(folders: FolderCache, ref: MailRef, from: MailFile, to: MailFile): Promise<MoveResult> {
  await folders.moved(from, to);
  return { outcome: 'moved', ref: refTo(ref.key, to) };
}

const conflict = (ref: MailRef, toFolder: string): MoveResult => ({
  outcome: 'conflict',
  reason: `${toFolder} already holds another mail with the name ${parseKey(ref.key).unique}; both stay where they are.`,
});

const directoryOf = (file: MailFile): string => join(file.directory, file.name.slice(0, 3));
