import { readFileSync } from 'node:fs';

/** A system user to run a process as. */
export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user that a server runs as: undefined (ourselves) unless we are root, then the package's own user, or `nobody` when the
 * server came without one.
 */
export function serviceUser(name: string): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return find(name) ?? find('nobody');
}

function find(name: string): User | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [login, , uid, gid] = line.split(':');
    if (login === name) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}
