// A claim on a folder that ends with the process, however it ends. Works before npm has installed anything.
//
// Each claimant writes a file named for itself, and only then looks at the others': of two that come at the same instant at
// least one sees the other, and gives way. A claim counts while its process lives; the time at which the process started is
// part of its name, so that a number which was given to another process in the meantime is no claim.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const PAUSE = 200;

/**
 * Claims the folder, made if need be, until the returned function is called or this process ends.
 * @param {string} folder
 * @returns {(() => void) | number} the release, or the process id of who holds it
 */
export function claim(folder) {
  mkdirSync(folder, { recursive: true });
  const mine = join(folder, nameOf(process.pid) ?? String(process.pid));
  const release = () => rmSync(mine, { force: true });
  writeFileSync(mine, '');
  const other = holders(folder).find((pid) => pid !== process.pid);
  if (other === undefined) return release;
  release();
  return other;
}

/**
 * The ids of the living processes that hold the folder, one at most except for an instant; what the dead left is cleared away.
 * @param {string} folder
 * @returns {number[]}
 */
export function holders(folder) {
  return readdirSync(folder).flatMap((name) => {
    const pid = Number.parseInt(name, 10);
    if (nameOf(pid) === name) return [pid];
    rmSync(join(folder, name), { force: true });
    return [];
  });
}

/**
 * Claims the folder as soon as nobody else does.
 * @param {string} folder
 * @param {AbortSignal} signal ends the waiting with its reason
 * @param {(pid: number) => void} waiting told once, when somebody else holds it
 * @returns {Promise<() => void>} the release
 */
export async function waitForClaim(folder, signal, waiting) {
  for (let told = false; ;) {
    const claimed = claim(folder);
    if (typeof claimed === 'function') return claimed;
    if (!told) waiting(claimed);
    told = true;
    await delay(PAUSE + Math.random() * PAUSE, undefined, { signal });
  }
}

/**
 * @param {number} pid
 * @returns {string | undefined} undefined when there is no such process
 */
function nameOf(pid) {
  const started = process.platform === 'linux' ? startedInProc(pid) : startedByPs(pid);
  return started && `${pid}-${started}`;
}

/** @param {number} pid */
function startedInProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : `${fields[18]}-${boot}`;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function startedByPs(pid) {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .replaceAll(/\W+/g, '_');
  } catch {
    return undefined;
  }
}
