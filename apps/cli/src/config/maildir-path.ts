import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { usageError } from '../errors';
import { codeOf } from '../reason';

/** The directories that make a Maildir: what has arrived, and what has been seen. */
const parts = ['new', 'cur'] as const;

/**
 * The absolute path of a Maildir, without symbolic links: one Maildir is one mailbox, whatever way leads to it.
 *
 * @param path as it was typed: absolute, relative, or beginning with `~`.
 * @throws OfficeError MAILBOX_NOT_FOUND, MAILBOX_FORBIDDEN, NOT_A_MAILDIR
 */
export async function findMaildir(path: string, { cwd, home }: { cwd: string; home: string }): Promise<string> {
  const absolute = await onDisk(resolve(cwd, path.replace(/^~(?=\/|$)/, home)));
  const missing: string[] = [];
  for (const part of parts) if (!(await isDirectory(join(absolute, part)))) missing.push(part);
  if (missing.length > 0)
    throw usageError('NOT_A_MAILDIR', `${absolute} is not a Maildir: it has no ${missing.join(' and no ')} directory`, [
      'A Maildir is the directory that holds new/ and cur/.',
    ]);
  return absolute;
}

async function onDisk(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw pathError(path, error);
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw pathError(path, error);
  }
}

function pathError(path: string, error: unknown): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return usageError('MAILBOX_NOT_FOUND', `there is nothing at ${path}`);
    case 'EACCES':
    case 'EPERM':
      return usageError('MAILBOX_FORBIDDEN', `you may not read ${path}`);
    default:
      return error;
  }
}
