import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How the names of all such folders begin. */
const PREFIX = 'sorting-office-speech-';
/** Milliseconds after which a folder is nobody's any more: no work on a recording may take as long. */
const ABANDONED_AFTER = 60 * 60 * 1_000;

/**
 * Gives work a folder that nobody else may look into, and removes it with all that is in it however the work ends.
 *
 * @param parent where it is made
 */
export async function inPrivateFolder<T>(work: (folder: string) => Promise<T>, parent: string): Promise<T> {
  const folder = await mkdtemp(join(parent, PREFIX)); // Of mode 0700.
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what processes of ours that were killed have left behind. */
export async function removeAbandonedFolders(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  await Promise.all(
    names.map(async (name) => {
      const folder = join(parent, name);
      const found = await stat(folder).catch(() => undefined); // Removed meanwhile by whoever was at work there.
      if (!found || found.uid !== process.getuid?.()) return;
      if (Date.now() - found.mtimeMs > ABANDONED_AFTER) await rm(folder, { recursive: true, force: true });
    }),
  );
}
