import { fileURLToPath } from 'node:url';
import { StackError } from '../errors';
import { run } from '../process/run';
import { fetchKustomize } from './fetch-kustomize';

/** A program and the arguments before a folder that make it print what is rendered. */
export type Renderer = readonly [program: string, ...args: string[]];

/** Where a fetched one is kept. */
const FOLDER = fileURLToPath(new URL('../../../../.stack/programs', import.meta.url));

/**
 * kustomize 5 or kubectl 1.27 from PATH, whichever is there; otherwise one that is fetched.
 * @throws StackError as fetchKustomize
 */
export async function findKustomize(path = process.env['PATH'] ?? '', folder = FOLDER): Promise<Renderer> {
  const kustomize = /v(\d+)\.(\d+)/.exec(await output('kustomize', ['version'], path));
  if (kustomize !== null && Number(kustomize[1]) >= 5) return ['kustomize', 'build'];
  const kubectl = /"gitVersion": "v1\.(\d+)/.exec(await output('kubectl', ['version', '--client', '-o', 'json'], path));
  if (kubectl !== null && Number(kubectl[1]) >= 27) return ['kubectl', 'kustomize'];
  return [await fetchKustomize(folder), 'build'];
}

/** What a program in PATH prints; nothing when there is no such program or it does not know the question. */
async function output(program: string, args: readonly string[], path: string): Promise<string> {
  try {
    return await run(program, args, { env: { PATH: path } });
  } catch (error) {
    if (error instanceof StackError) return '';
    throw error;
  }
}
