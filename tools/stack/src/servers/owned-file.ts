import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { User } from '../process/user';

/** Writes a file that only its user can read, all of it or nothing. */
export function writeOwned(path: string, content: string, user: User | undefined, mode = 0o600): void {
  const partial = `${path}.partial`;
  writeFileSync(partial, content, { mode });
  chmodSync(partial, mode);
  if (user) chownSync(partial, user.uid, user.gid);
  renameSync(partial, path);
}

/** The secret kept in a file: 24 random bytes in hexadecimal, made at the first call. */
export function secret(path: string, user: User | undefined, mode = 0o600): string {
  if (!existsSync(path)) writeOwned(path, randomBytes(24).toString('hex'), user, mode);
  return readFileSync(path, 'utf8').trim();
}
