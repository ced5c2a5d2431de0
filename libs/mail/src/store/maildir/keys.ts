// A mail's key is its unique name, which Maildir promises to be different for every mail. A copied or restored folder
// breaks that promise, and then two files would be one mail to everybody above. So of several files with one name, one
// has the bare name as its key and every other one the name, a slash and its inode: a slash cannot be part of a file
// name, and an inode stays the same when a file is renamed or moved. Which one has the bare name is kept in the cursor,
// so that it stays so after the others have gone.
//
//     one file                      x
//     a second one, another inode   x   x/1042        (the older file keeps the bare name)
//     the first one is deleted          x/1042        (until no file has the name any more)
//     one file linked in two folders: an unfinished move, one mail, listed once
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { groupByUniqueName, type MailFile } from './file-names';
import { orNull } from './listing';

export interface KeyedMail {
  readonly key: string;
  /** Where the mail is; more than one place while a move is unfinished. */
  readonly places: readonly [MailFile, ...MailFile[]];
}

/** Unique names that several files have or had, with the inode of the file whose key is the bare name. */
export type SharedNames = ReadonlyMap<string, string>;

interface Inode {
  readonly inode: string;
  readonly modified: bigint;
  readonly places: [MailFile, ...MailFile[]];
}

/** The inode of a file as a string, or null when it has gone. */
export async function inodeOf(path: string): Promise<string | null> {
  return (await orNull(lstat(path, { bigint: true }), 'ENOENT'))?.ino.toString() ?? null;
}

/** The parts of a key; `inode` is null for a bare name. */
export function parseKey(key: string): { unique: string; inode: string | null } {
  const slash = key.indexOf('/');
  return slash === -1 ? { unique: key, inode: null } : { unique: key.slice(0, slash), inode: key.slice(slash + 1) };
}

/** Gives every mail its key. `files` are all files of the mailbox, `before` the shared names of the scan before. */
export async function assignKeys(
  files: Iterable<MailFile>,
  before: SharedNames,
): Promise<{ mails: KeyedMail[]; shared: SharedNames }> {
  const mails: KeyedMail[] = [];
  const shared = new Map<string, string>();
  for (const [unique, [first, ...others]] of groupByUniqueName(files)) {
    if (!first) continue;
    if (others.length === 0 && !before.has(unique)) {
      mails.push({ key: unique, places: [first] });
      continue;
    }
    const inodes = await groupByInode([first, ...others]);
    const bare = before.get(unique) ?? inodes[0]?.inode;
    if (bare !== undefined && (inodes.length > 1 || before.has(unique))) shared.set(unique, bare);
    for (const { inode, places: links } of inodes) {
      mails.push({ key: inode === bare ? unique : `${unique}/${inode}`, places: links });
    }
  }
  return { mails, shared };
}

async function groupByInode(files: readonly MailFile[]): Promise<Inode[]> {
  const groups = new Map<string, Inode>();
  for (const file of files) {
    const found = await orNull(lstat(join(file.directory, file.name), { bigint: true }), 'ENOENT');
    if (!found) continue; // renamed since its directory was listed; the new name is listed too, or next time
    const inode = found.ino.toString();
    const group = groups.get(inode);
    if (group) group.places.push(file);
    else groups.set(inode, { inode, modified: found.mtimeNs, places: [file] });
  }
  return [...groups.values()].sort((a, b) =>
    a.modified === b.modified ? Number(BigInt(a.inode) - BigInt(b.inode)) : a.modified < b.modified ? -1 : 1,
  );
}
