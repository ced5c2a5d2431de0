import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entries, Objects } from '../environment/objects';
import { PodrunError } from '../errors';
import type { Volume } from '../spec/pod';

/** Where a pod's volumes are on this disk, by their names. */
export type Folders = ReadonlyMap<string, string>;

/**
 * Makes a pod's volumes. Those of a pod alone are new folders in `podFolder`; a claim is a folder of `claimsFolder` that
 * all pods share and that outlives them. A volume whose optional source is not there is an empty folder.
 *
 * @throws PodrunError MISSING_REFERENCE, UNSUPPORTED
 */
export async function makeVolumes(
  volumes: readonly Volume[],
  objects: Objects,
  podFolder: string,
  claimsFolder: string,
): Promise<Folders> {
  const folders = new Map<string, string>();
  for (const { name, emptyDir, configMap, secret, persistentVolumeClaim } of volumes) {
    if (persistentVolumeClaim) {
      const folder = join(claimsFolder, persistentVolumeClaim.claimName);
      await mkdir(folder, { recursive: true });
      folders.set(name, folder);
      continue;
    }
    if (!emptyDir && !configMap && !secret) {
      throw new PodrunError('UNSUPPORTED', `volume ${name} is of no kind that podrun knows`);
    }
    const folder = await mkdtemp(join(podFolder, `${name}-`));
    if (configMap) await fill(folder, objects.configMap(configMap.name, configMap.optional));
    if (secret) await fill(folder, objects.secret(secret.secretName, secret.optional));
    folders.set(name, folder);
  }
  return folders;
}

async function fill(folder: string, entries: Entries = {}): Promise<void> {
  for (const [key, content] of Object.entries(entries)) await writeFile(join(folder, key), content);
}
