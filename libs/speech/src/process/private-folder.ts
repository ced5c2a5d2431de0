import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the names of all such folders begin. */
export const PREFIX = 'sorting-office-speech-';

/**
 * Gives work a folder that nobody else may look into, and removes it with all that is in it however the work ends.
 *
 * @param parent default: the system's folder for temporary files
 */
export async function inPrivateFolder<T>(work: (folder: string) => Promise<T>, parent: string = tmpdir()): Promise<T> {
  const folder = await mkdtemp(join(parent, PREFIX)); // Of mode 0700.
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
