import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Every process of a stack carries the stack's folder in its environment, and hands it on to what it starts. So they are found
 * again whatever became of the one that started them, even in the instant before it could have noted their ids, and a
 * stranger that was given a dead process's id is never taken for ours.
 */
const MARK = 'SORTING_OFFICE_STACK';

/** The environment variable that marks the processes of the stack in this folder. */
export function mark(folder: string): NodeJS.ProcessEnv {
  return { [MARK]: folder };
}

/** Ids of the living processes marked with this folder; never our own. */
export function marked(folder: string): number[] {
  const wanted = `${MARK}=${folder}`;
  const found = process.platform === 'linux' ? markedInProc(wanted) : markedByPs(wanted);
  return found.filter((pid) => pid !== process.pid);
}

/**
 * Ends all processes marked with this folder: SIGTERM, then SIGKILL for those left after the grace.
 * @param grace milliseconds
 * @returns how many there were
 */
export async function stopMarked(folder: string, grace: number): Promise<number> {
  const first = marked(folder);
  for (const pid of first) signal(pid, 'SIGTERM');
  const deadline = Date.now() + grace;
  for (let left = first; left.length > 0; left = marked(folder)) {
    if (Date.now() > deadline) for (const pid of left) signal(pid, 'SIGKILL');
    await delay(50);
  }
  return first.length;
}

function markedInProc(wanted: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1')
          .split('\0')
          .includes(Buffer.from(wanted).toString('latin1'));
      } catch {
        return false; // It ended meanwhile, or is somebody else's.
      }
    })
    .map(Number);
}

function markedByPs(wanted: string): number[] {
  return execFileSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
    .split('\n')
    .filter((line) => `${line} `.includes(` ${wanted} `))
    .map((line) => Number.parseInt(line, 10));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
