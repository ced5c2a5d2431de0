import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const apps = join(import.meta.dirname, '../../../apps');

/** What node is told in an app's image, so that it is measured as it is deployed. */
export function imageEnv(app: 'api' | 'worker'): { NODE_OPTIONS: string } {
  const options = nodeOptionsOf(readFileSync(join(apps, app, 'Dockerfile'), 'utf8'));
  if (options === null) throw new Error(`the image of ${app} says nothing of NODE_OPTIONS`);
  return { NODE_OPTIONS: options };
}

/** As the last stage of a Dockerfile sets it, which is the image; null when it does not. */
export function nodeOptionsOf(dockerfile: string): string | null {
  const set = [...dockerfile.matchAll(/\bNODE_OPTIONS=(?:"([^"\n]*)"|(\S+))/g)].at(-1);
  return set?.[1] ?? set?.[2] ?? null;
}
