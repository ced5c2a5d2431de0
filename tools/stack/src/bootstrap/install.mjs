// Decides whether `npm ci` has to run, and runs it. Works before npm has installed anything.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForClaim } from './claim.mjs';

/** @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage */

/**
 * Why the installed packages are not those of the lockfile.
 * @param {string} lockfile content of package-lock.json
 * @param {string | undefined} installed content of node_modules/.package-lock.json, which npm writes last; undefined without one
 * @returns {string | undefined} undefined when they are
 */
export function whyInstall(lockfile, installed) {
  if (installed === undefined) return 'node_modules is missing or incomplete';
  const wanted = packagesOf(lockfile);
  const present = packagesOf(installed);
  for (const [path, { version, link, optional, devOptional }] of Object.entries(wanted)) {
    if (!path.includes('node_modules/')) continue; // Our own.
    const found = present[path];
    if (!found && (optional || devOptional)) continue; // Built for another platform.
    if (!found) return `${nameOf(path)} is not installed`;
    if (!link && found.version !== version) return `${nameOf(path)} is ${found.version} and should be ${version}`;
  }
  return undefined;
}

/**
 * Runs `npm ci` in the workspace if need be, with its progress. Of two that want to, one waits for the other.
 * @param {string} workspace
 * @param {AbortSignal} signal
 * @param {(line: string) => void} say
 */
export async function install(workspace, signal, say) {
  if (whyInstallIn(workspace) === undefined) return;
  const release = await waitForClaim(join(workspace, '.stack', 'installing'), signal, (pid) =>
    say(`waiting for process ${pid}, which installs the packages`),
  );
  try {
    const why = whyInstallIn(workspace);
    if (why === undefined) return;
    say(`${why}: running npm ci (about half a minute)`);
    await npmCi(workspace, signal);
  } finally {
    release();
  }
}

/** @param {string} workspace */
function whyInstallIn(workspace) {
  const lockfile = readFileSync(join(workspace, 'package-lock.json'), 'utf8');
  return whyInstall(lockfile, readIfThere(join(workspace, 'node_modules', '.package-lock.json')));
}

/**
 * @param {string} workspace
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function npmCi(workspace, signal) {
  const child = spawn('npm', ['ci', '--progress=true', '--no-fund', '--no-audit'], {
    cwd: workspace,
    stdio: 'inherit',
    signal,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, killed) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ci failed (${killed ?? `exit code ${code}`})`));
    });
  });
}

/**
 * @param {string} lockfile
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(lockfile) {
  return JSON.parse(lockfile).packages ?? {};
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}
