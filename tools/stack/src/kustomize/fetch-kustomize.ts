/**
 * Debian's own kustomize, for machines that have none: fetched with apt's lists and folders of our own, so that nothing of the
 * system changes and no root is needed. Debian 12 has none and its kubectl is too old; sid's is one static program.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitForClaim } from '../bootstrap/claim.mjs';
import { StackError } from '../errors';
import { run } from '../process/run';

const APT = '/usr/bin/apt-get';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const ARCHIVE = 'http://deb.debian.org/debian';

/**
 * Fetches kustomize into the folder unless it is there already. Callers at the same time, in any process, wait for one another.
 *
 * @param folder made if need be
 * @returns the program's path
 * @throws StackError NO_KUSTOMIZE when this is no Debian, COMMAND_FAILED when apt cannot fetch it
 */
export async function fetchKustomize(folder: string): Promise<string> {
  const program = join(folder, 'kustomize');
  if (existsSync(program)) return program;
  for (const needed of [APT, KEYRING]) {
    if (existsSync(needed)) continue;
    const hint = 'install kubectl 1.27 or newer, or kustomize 5 or newer';
    throw new StackError('NO_KUSTOMIZE', `kustomize is not installed and cannot be fetched without ${needed}: ${hint}`);
  }
  const release = await waitForClaim(join(folder, 'claim'), new AbortController().signal, () => undefined);
  try {
    if (!existsSync(program)) await fetchInto(folder, program);
    return program;
  } finally {
    release();
  }
}

async function fetchInto(folder: string, program: string): Promise<void> {
  const scratch = await mkdtemp(join(folder, 'fetching-'));
  try {
    const options = await ownApt(scratch);
    await run(APT, [...options, '-qq', 'update']);
    await run(APT, [...options, '-qq', 'download', 'kustomize'], { cwd: scratch });
    const archive = (await readdir(scratch)).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw new StackError('COMMAND_FAILED', 'apt-get download kustomize brought no package');
    await run('dpkg-deb', ['--extract', join(scratch, archive), join(scratch, 'unpacked')]);
    await rename(join(scratch, 'unpacked/usr/bin/kustomize'), program); // Whole or not at all, should we die.
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Options that give apt sources, lists and caches in a folder of ours. */
async function ownApt(folder: string): Promise<string[]> {
  await mkdir(join(folder, 'lists/partial'), { recursive: true });
  await mkdir(join(folder, 'cache/archives/partial'), { recursive: true });
  const sources = join(folder, 'sources.list');
  await writeFile(sources, `deb [signed-by=${KEYRING}] ${await debianArchive()} sid main\n`);
  const settings = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State': folder,
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': '/dev/null',
    'Dir::Cache': join(folder, 'cache'),
    'Acquire::Languages': 'none',
    'APT::Sandbox::User': '', // The folder is ours, and not for apt's own user.
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** The mirror that the system itself uses. */
async function debianArchive(): Promise<string> {
  const known = await run(APT, ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']);
  return known.split('\n').find((uri) => /^https?:.*\/debian\/?$/.test(uri)) ?? ARCHIVE;
}
