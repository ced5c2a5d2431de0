import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Every process of a stack carries the stack's folder in its environment, and hands it on to what it starts. So they are found
 * again whatever became of the one that started them, even in the instant before it could have noted their ids, and a
 * stranger that was given a dead process's id is never taken for ours. A stack that is started by a process of another one
 * bears both marks: whoever ends the outer one ends it too.
 */
const MARK = 'SORTING_OFFICE_STACK';
/** Milliseconds after which a process that SIGKILL does not end is left to the system. */
const UNKILLABLE = 30_000;

/** The environment variable that marks the processes of the stack in this folder. */
export function mark(folder: string): Record<string, string> {
  const outer = process.env[MARK];
  return { [MARK]: outer === undefined ? folder : outer + delimiter + folder };
}

/** Ids of the living processes marked with this folder; never our own. */
export function marked(folder: string): number[] {
  const found = process.platform === 'linux' ? markedInProc(folder) : markedByPs(folder);
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
  for (let left = first; left.length > 0 && Date.now() < deadline + UNKILLABLE; left = marked(folder)) {
    if (Date.now() > deadline) for (const pid of left) signal(pid, 'SIGKILL');
    await delay(50);
  }
  return first.length;
}

function markedInProc(folder: string): number[] {
  const wanted = Buffer.from(folder).toString('latin1');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1')
          .split('\0')
          .some((entry) => entry.startsWith(`${MARK}=`) && marksOf(entry).includes(wanted));
      } catch {
        return false; // It ended meanwhile, or is somebody else's.
      }
    })
    .map(Number);
}

/** The folders that an entry of an environment names, the outermost first. */
const marksOf = (entry: string): string[] => entry.slice(MARK.length + 1).split(delimiter);

/** The entry in a line of `ps -E`, which ends where the next one begins. */
const entryIn = new RegExp(`(?<= )${MARK}=.*?(?= \\w+=|$)`);

function markedByPs(folder: string): number[] {
  return execFileSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
    .split('\n')
    .filter((line) => marksOf(entryIn.exec(line)?.[0] ?? '').includes(folder))
    .map((line) => Number.parseInt(line, 10));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
