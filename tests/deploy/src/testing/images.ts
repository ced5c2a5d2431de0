import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const workspace = join(__dirname, '../../../..');
const tasks = join(__dirname, '../tasks');

/** Which app an image holds. */
const apps: Readonly<Record<string, string>> = {
  'sorting-office/api': 'api',
  'sorting-office/worker': 'worker',
  'sorting-office/worker-speech': 'worker',
};

/**
 * Puts the built apps into a folder, with this suite's tasks among theirs, and with their packages where Node looks for them.
 *
 * @returns the folder that is an image's working directory, whatever its tag
 */
export async function makeImages(folder: string): Promise<(image: string) => string> {
  await symlink(join(workspace, 'node_modules'), join(folder, 'node_modules'));
  const folderOf = (app: string) => join(folder, 'apps', app, 'dist');
  for (const app of new Set(Object.values(apps))) {
    const source = join(workspace, 'apps', app);
    await mkdir(join(folder, 'apps', app), { recursive: true });
    await cp(join(source, 'dist'), folderOf(app), { recursive: true });
    const own = await readdir(source);
    if (own.includes('node_modules'))
      await symlink(join(source, 'node_modules'), join(folder, 'apps', app, 'node_modules'));
    await bundleTasks(join(folderOf(app), 'tasks'));
  }
  return (image) => {
    const app = apps[image.replace(/:[^:/]+$/, '')];
    if (app === undefined) throw new Error(`no app is in the image ${image}`);
    return folderOf(app);
  };
}

async function bundleTasks(outdir: string): Promise<void> {
  const files = (await readdir(tasks)).filter((file) => file.endsWith('.task.ts')).map((file) => join(tasks, file));
  const how = ['--bundle', '--platform=node', '--format=esm', '--target=node20', '--packages=external'];
  await run(join(workspace, 'node_modules/.bin/esbuild'), [
    ...files,
    ...how,
    `--outdir=${outdir}`,
    '--log-level=warning',
  ]);
}
