import { join } from 'node:path';
import { PodrunError } from '../errors';
import type { Container } from '../spec/container';
import type { Folders } from './volumes';

/**
 * A local process sees no mounts: what its environment and its arguments say of a mountPath is rewritten to the folder.
 * Only a value that is a mountPath, or begins with it and a slash, is one; the longest wins.
 *
 * @throws PodrunError MISSING_REFERENCE when a mount names a volume that the pod has not
 */
export function mountMapping(container: Container, folders: Folders): (value: string) => string {
  const mounts = container.volumeMounts
    .map(({ name, mountPath, subPath = '' }) => {
      const folder = folders.get(name);
      if (folder === undefined) {
        throw new PodrunError('MISSING_REFERENCE', `container ${container.name} mounts ${name}, which is no volume`);
      }
      return { path: mountPath.replace(/\/+$/, ''), folder: join(folder, subPath) };
    })
    .sort((a, b) => b.path.length - a.path.length);
  return (value) => {
    const mount = mounts.find(({ path }) => value === path || value.startsWith(`${path}/`));
    return mount ? mount.folder + value.slice(mount.path.length) : value;
  };
}
