import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { claim, holders } from '../bootstrap/claim.mjs';
import { removeLeftovers } from './leftovers';
import { removeHome } from './server-folder';

const PREFIX = 'sorting-office-';

/** A folder in the system's temporary one, ours until it is removed. */
export interface TemporaryHome {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes one, after clearing away those whose owner was killed before it could, with whatever still runs there. */
export async function temporaryHome(): Promise<TemporaryHome> {
  await removeAbandoned();
  const unclaimed = await mkdtemp(join(tmpdir(), `new-${PREFIX}`));
  await chmod(unclaimed, 0o711); // The servers' own users must get through.
  claim(owner(unclaimed));
  const path = join(tmpdir(), basename(unclaimed).replace('new-', ''));
  await rename(unclaimed, path); // Under this name it would have been taken for an abandoned one while nobody had claimed it.
  return { path, remove: () => removeHome(path) };
}

async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const path = join(tmpdir(), name);
    if (!name.startsWith(PREFIX) || !existsSync(owner(path)) || holders(owner(path)).length > 0) continue;
    await removeLeftovers(path);
    await removeHome(path);
  }
}

function owner(home: string): string {
  return join(home, 'owner');
}
