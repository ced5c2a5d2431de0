// The two steps of a move that touch files: give the mail a second name in the target folder, then take away the first
// one. No step can overwrite or lose a mail, whoever else moves or renames it at the same time.
import { randomBytes } from 'node:crypto';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../errors';
import { ordinaryName, releasedName, type MailFile } from './file-names';
import { inodeOf } from './keys';
import { errnoOf, orNull } from './listing';

/** System calls that a test replaces to behave like another file system. */
export interface FileSystem {
  readonly link: (existing: string, created: string) => Promise<void>;
}
export const nodeFileSystem: FileSystem = { link };

/** - `linked`: the mail has both names. - `renamed`: it has only the new one. - `taken`: another mail has that name.
 * - `vanished`: source or target folder is not there any more. - `busy`: somebody else is placing a file of that name.
 * */
export type Placed = 'linked' | 'renamed' | 'taken' | 'vanished' | 'busy';

const NO_HARD_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];
/** An empty file this old under a mail's name was left by a move that died (see `renameOntoPlaceholder`). */
const ABANDONED_AFTER_MS = 60_000;
const MAX_NAME_BYTES = 255;

export const pathOf = (file: Pick<MailFile, 'directory' | 'name'>): string => join(file.directory, file.name);

/** Gives `source` the name `target` too. */
export async function place(files: FileSystem, source: MailFile, target: string): Promise<Placed> {
  try {
    await files.link(pathOf(source), target);
    return 'linked';
  } catch (error) {
    const code = errnoOf(error) ?? '';
    if (code === 'EEXIST') {
      const [mine, theirs] = [await inodeOf(pathOf(source)), await inodeOf(target)];
      if (mine === null || theirs === null) return 'vanished';
      return mine === theirs ? 'linked' : placeWhereTaken(source, target);
    }
    if (code === 'ENOENT') return 'vanished';
    if (NO_HARD_LINKS.includes(code)) return renameOntoPlaceholder(source, target);
    throw code === 'EXDEV' ? otherDevice(source, error) : error;
  }
}

/**
 * Takes away one name of a mail that must have another one in the end. A plain unlink could be the last one: while this
 * process was stopped, somebody may have moved the mail back. So the file is first renamed to a name that only this
 * attempt knows, then another name is looked for, and only then is it unlinked; if there is none, it gets its old name
 * back.
 *
 *     x:2,S  --rename-->  x:1,S-token  --another name exists-->  unlinked
 *       ^------------------------|------ no other name
 *
 * Of any number of processes that do this to the names of one mail, the last to rename sees no other name, and gives
 * its own back. A crash leaves a file that every reader shows as the mail it is.
 */
export async function release(
  files: FileSystem,
  file: MailFile,
  hasOtherName: (inode: string) => Promise<boolean>,
): Promise<'released' | 'kept' | 'vanished'> {
  const released: MailFile = { ...file, name: releasedName(file, randomBytes(4).toString('hex')) };
  const renamed = await orNull(
    rename(pathOf(file), pathOf(released)).then(() => true),
    'ENOENT',
  );
  if (!renamed) return 'vanished';
  const inode = await inodeOf(pathOf(released)); // not looked up before: the file may have been exchanged for another one
  const isSafe = inode !== null && (await hasOtherName(inode));
  if (!isSafe) {
    const restored = await place(files, released, join(file.directory, ordinaryName(file)));
    if (restored !== 'linked') return 'kept';
  }
  await orNull(unlink(pathOf(released)), 'ENOENT');
  return isSafe ? 'released' : 'kept';
}

/**
 * Refuses a name that has no room for what `release` adds to it.
 * @throws MailError MOVE_IMPOSSIBLE
 */
export function assertReleasable(file: MailFile): void {
  const [, name = ''] = releasedName(file, '00000000').split('/');
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw new MailError('MOVE_IMPOSSIBLE', `The file name of the mail ${file.unique} is too long to be moved safely.`);
  }
}

// Without hard links only rename moves a file, and it overwrites. An empty file made exclusively under the target's
// name keeps everybody else off that name, and is all that can be overwritten.
async function renameOntoPlaceholder(source: MailFile, target: string): Promise<Placed> {
  try {
    await (await open(target, 'wx')).close();
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return placeWhereTaken(source, target);
    if (code === 'ENOENT') return 'vanished';
    throw error;
  }
  try {
    await rename(pathOf(source), target);
    return 'renamed';
  } catch (error) {
    await removePlaceholder(target);
    if (errnoOf(error) === 'ENOENT') return 'vanished';
    throw errnoOf(error) === 'EXDEV' ? otherDevice(source, error) : error;
  }
}

// Only while it is too young for anybody to have put a mail in its place.
async function removePlaceholder(target: string): Promise<void> {
  const found = await orNull(lstat(target), 'ENOENT');
  const isOurs = found?.size === 0 && Date.now() - found.mtimeMs < ABANDONED_AFTER_MS / 2;
  if (isOurs) await orNull(unlink(target), 'ENOENT');
}

// An empty file of that name is either being placed by somebody else right now, or it was left behind and may be
// replaced.
async function placeWhereTaken(source: MailFile, target: string): Promise<Placed> {
  const [mine, theirs] = [await orNull(lstat(pathOf(source)), 'ENOENT'), await orNull(lstat(target), 'ENOENT')];
  if (!mine || !theirs) return 'vanished';
  if (theirs.size > 0 || mine.size === 0) return 'taken';
  if (Date.now() - theirs.mtimeMs < ABANDONED_AFTER_MS) return 'busy';
  await rename(pathOf(source), target);
  return 'renamed';
}

const otherDevice = (source: MailFile, cause: unknown): MailError =>
  new MailError('MOVE_IMPOSSIBLE', `${source.folder} and the target folder are on different file systems.`, { cause });
