import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StackError } from '../errors';
import { run } from '../process/run';
import type { User } from '../process/user';
import type { Place } from './place';

/**
 * The folder that holds one server's data, owned by the user the server runs as.
 *
 * It lies in the stack's home unless that user cannot get there (a clone in /root, say): then below /var/lib, and that is said.
 * @throws StackError FOLDER_NOT_OURS when it belongs to another user.
 */
export async function serverFolder(
  place: Pick<Place, 'home' | 'say'>,
  name: string,
  user: User | undefined,
): Promise<string> {
  const preferred = join(place.home, name);
  let folder = preferred;
  await makeOwned(folder, user);
  if (user && !canEnter(folder, user)) {
    folder = join(substitute(place.home), name);
    await makeOwned(folder, user);
    place.say(`the user ${user.name} cannot reach ${preferred}: using ${folder}`);
  }
  return folder;
}

/** Removes the home and whatever had to be put elsewhere for it. */
export async function removeHome(home: string): Promise<void> {
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
  await rm(substitute(home), { recursive: true, force: true, maxRetries: 3 });
}

function substitute(home: string): string {
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 12);
  return join('/var/lib/sorting-office', `${basename(home).replaceAll('.', '')}-${hash}`);
}

async function makeOwned(folder: string, user: User | undefined): Promise<void> {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o755 });
  const owner = statSync(folder).uid;
  if (user && owner !== user.uid) await run('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
  if (!user && owner !== process.getuid?.()) {
    throw new StackError(
      'FOLDER_NOT_OURS',
      `${folder} belongs to another user (uid ${owner}): run as that user, or remove the folder`,
    );
  }
  chmodSync(folder, 0o700);
}

function canEnter(folder: string, { uid, gid }: User): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}
