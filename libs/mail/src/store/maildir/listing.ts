// Reads the directories of a Maildir: which folders there are, and which files each one holds.
import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../errors';
import type { Skipped } from '../mail-store';
import type { Confine } from './confinement';
import { parseFileName, type MailFile } from './file-names';
import { folderOfDirectory } from './folder-names';

const SUBDIRECTORIES = ['new', 'cur'] as const;

/** A directory changed more recently than this may change again without its modification time showing it. */
const RACY_NANOSECONDS = 2_000_000_000n;
const LISTING_ATTEMPTS = 3;

/**
 * The modification time of a directory in nanoseconds, or null when it is too fresh to prove that nothing changed
 * since.
 */
export type Stamp = string | null;

export interface Folder {
  readonly folder: string;
  readonly directory: string;
}

export interface FolderListing extends Folder {
  readonly stamps: Readonly<Record<(typeof SUBDIRECTORIES)[number], Stamp>>;
  readonly files: readonly MailFile[];
  readonly skipped: readonly Skipped[];
}

/** The code of a failed system call, `ENOENT` say; undefined when the error is something else. */
export const errnoOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** Runs a system call and turns the failures that are expected into null. */
export async function orNull<T>(call: Promise<T>, ...expected: readonly string[]): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (expected.includes(errnoOf(error) ?? '')) return null;
    throw error;
  }
}

/**
 * Checks that a path is a Maildir that can be read.
 * @throws MailError MAILBOX_NOT_FOUND, MAILBOX_FORBIDDEN, NOT_A_MAILDIR
 */
export async function assertMaildir(root: string): Promise<void> {
  const missing: string[] = [];
  try {
    if (!(await stat(root)).isDirectory()) throw new MailError('NOT_A_MAILDIR', `${root} is not a directory.`);
    for (const name of SUBDIRECTORIES) {
      const found = await orNull(stat(join(root, name)), 'ENOENT');
      if (!found?.isDirectory()) missing.push(name);
    }
  } catch (error) {
    if (error instanceof MailError) throw error;
    throw mailboxError(root, error);
  }
  if (missing.length > 0) {
    throw new MailError('NOT_A_MAILDIR', `${root} is not a Maildir: it has no directory ${missing.join(' and no ')}.`);
  }
}

/** Says in words why a mailbox cannot be read; what it does not know it hands back unchanged. */
export function mailboxError(root: string, cause: unknown): unknown {
  const code = errnoOf(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') {
    return new MailError('MAILBOX_NOT_FOUND', `There is no mailbox at ${root}.`, { cause });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new MailError('MAILBOX_FORBIDDEN', `Not permitted to read the mailbox at ${root}: give this user access.`, {
      cause,
    });
  }
  return cause;
}

/** Every folder of the mailbox, the inbox last, and the directories that look like folders but cannot be used. */
export async function listFolders(root: string, confine: Confine): Promise<{ folders: Folder[]; skipped: Skipped[] }> {
  await confine(root);
  const found = new Map<string, Folder>();
  const skipped: Skipped[] = [];
  for (const entry of (await readdir(root, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const kind = await kindOf(root, entry);
    if (!entry.name.startsWith('.') || kind?.isFile()) continue;
    const folder = folderOfDirectory(entry.name);
    if (!kind?.isDirectory()) skipped.push({ path: entry.name, reason: 'not a directory' });
    else if (folder === null) skipped.push({ path: entry.name, reason: 'its name is not one of a Maildir folder' });
    else if (found.has(folder)) skipped.push({ path: entry.name, reason: `a second directory for ${folder}` });
    else {
      const escape = await orEscape(confine(join(root, entry.name)));
      if (escape) skipped.push({ path: entry.name, reason: escape.message });
      else found.set(folder, { folder, directory: join(root, entry.name) });
    }
  }
  return { folders: [...found.values(), { folder: 'INBOX', directory: root }], skipped };
}

/**
 * Every file of a folder's `new/` and `cur/`. `new/` comes first: a mail seen by its reader meanwhile is then listed
 * twice, never missed.
 */
export async function listFolder({ folder, directory }: Folder): Promise<FolderListing> {
  const stamps: Record<(typeof SUBDIRECTORIES)[number], Stamp> = { new: null, cur: null };
  const files: MailFile[] = [];
  const skipped: Skipped[] = [];
  for (const sub of SUBDIRECTORIES) {
    const { entries, stamp } = await readWhileQuiet(join(directory, sub));
    stamps[sub] = stamp;
    for (const entry of entries) {
      const name = `${sub}/${entry.name}`;
      const reason = await whyNoMail(join(directory, sub), entry);
      if (reason) skipped.push({ path: join(folder, name), reason });
      else files.push({ folder, directory, name, ...parseFileName(entry.name) });
    }
  }
  return { folder, directory, stamps, files, skipped };
}

/** Whether a listing still shows what is in the folder. */
export async function isCurrent(listing: FolderListing): Promise<boolean> {
  for (const sub of SUBDIRECTORIES) {
    const stamp = listing.stamps[sub];
    if (stamp === null || (await modifiedAt(join(listing.directory, sub))) !== BigInt(stamp)) return false;
  }
  return true;
}

async function whyNoMail(directory: string, entry: Dirent): Promise<string | null> {
  if (entry.name.startsWith('.')) return 'a hidden file';
  if (entry.name.includes('\ufffd')) return 'its name is not UTF-8';
  return (await kindOf(directory, entry))?.isFile() ? null : 'not a regular file';
}

/** What says that a folder leads out of its mailbox; null when it does not. */
async function orEscape(confined: Promise<void>): Promise<MailError | null> {
  try {
    await confined;
    return null;
  } catch (error) {
    if (error instanceof MailError && error.code === 'MAILBOX_OUTSIDE_ROOT') return error;
    throw error;
  }
}

// Some file systems do not say in a listing what an entry is: it is then nothing that can be named.
async function kindOf(directory: string, entry: Dirent): Promise<Dirent | Stats | null> {
  const isKnown =
    entry.isFile() ||
    entry.isDirectory() ||
    entry.isSymbolicLink() ||
    entry.isFIFO() ||
    entry.isSocket() ||
    entry.isBlockDevice() ||
    entry.isCharacterDevice();
  return isKnown ? entry : orNull(lstat(join(directory, entry.name)), 'ENOENT');
}

const modifiedAt = async (directory: string): Promise<bigint> => (await stat(directory, { bigint: true })).mtimeNs;

// A file renamed while a directory is read may be missed, so a directory that changed meanwhile is read again.
async function readWhileQuiet(directory: string): Promise<{ entries: Dirent[]; stamp: Stamp }> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await modifiedAt(directory);
    const entries = await readdir(directory, { withFileTypes: true });
    const quiet = (await modifiedAt(directory)) === before;
    if (!quiet && attempt < LISTING_ATTEMPTS) continue;
    const age = BigInt(Date.now()) * 1_000_000n - before;
    return { entries, stamp: quiet && age > RACY_NANOSECONDS ? before.toString() : null };
  }
}
