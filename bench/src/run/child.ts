import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const programs = join(import.meta.dirname, '../../dist');

/** A program that is measured, as a process of its own. */
export interface Child {
  readonly pid: number;
  /** The most memory that it and its children have held at once, in MB: the sum of their peaks (Linux: VmHWM). */
  peakMb(): number;
  /** What it and its children hold of the memory now, in MB (Linux: VmRSS). */
  heldMb(): number;
  /** What it and its children have used of the processors so far, in milliseconds; Linux counts it in hundredths of a second. */
  cpuMs(): number;
  /** SIGTERM; resolves when it is gone. */
  stop(): Promise<void>;
  /** Rejects when it ends by itself: there is nothing to measure then. */
  readonly died: Promise<never>;
}

/** Starts one of `bench/src/programs`. */
export const startProgram = (name: string, env: Record<string, string>): Child =>
  startChild(process.execPath, [join(programs, `${name}.js`)], env);

/** Starts any program. */
export function startChild(file: string, args: readonly string[], env: Record<string, string>): Child {
  // A pipe that nobody reads would stop who writes to it; a log is written for as if somebody kept it.
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  let stopping = false;
  const died = exited.then(([code, signal]) => {
    if (stopping) return new Promise<never>(() => undefined);
    throw new Error(`${[file, ...args].join(' ')} ended with ${code ?? signal ?? 'nothing'} while it was measured`);
  });
  died.catch(() => {
    // Whoever waits is told; when nobody does, the measurement is over.
  });
  return {
    pid: pidOf(child),
    peakMb: () => family(pidOf(child)).reduce((sum, pid) => sum + memoryOf(pid, 'VmHWM'), 0),
    heldMb: () => family(pidOf(child)).reduce((sum, pid) => sum + memoryOf(pid, 'VmRSS'), 0),
    cpuMs: () => family(pidOf(child)).reduce((sum, pid) => sum + cpuMsOf(pid), 0),
    stop: async () => {
      stopping = true;
      child.kill('SIGTERM');
      await exited;
    },
    died,
  };
}

/** Several programs that do one work, as one. */
export function together(children: readonly [Child, ...Child[]]): Child {
  const sum = (of: (child: Child) => number) => children.reduce((total, child) => total + of(child), 0);
  return {
    pid: children[0].pid,
    peakMb: () => sum((child) => child.peakMb()),
    heldMb: () => sum((child) => child.heldMb()),
    cpuMs: () => sum((child) => child.cpuMs()),
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
    },
    died: Promise.race(children.map(({ died }) => died)),
  };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('a program could not be started');
  return pid;
}

/** A process and all that it has started and that has not ended. */
function family(pid: number): number[] {
  const children = unlessGone([], () =>
    readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    ),
  );
  return [pid, ...children.flatMap(family)];
}

/** A figure of its memory in MB, such as the most that it has held at once; 0 for one that has ended, as it gives that up first. */
function memoryOf(pid: number, which: 'VmHWM' | 'VmRSS'): number {
  const status = unlessGone('', () => readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(new RegExp(`^${which}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024;
}

/** What a process has used of the processors so far, in milliseconds, with its children that have ended and that it has waited for. */
export const cpuMsOf = (pid: number): number => timesOf(pid, 11, 15);

/** The same of all programs that this process has started and that have ended. */
export const endedCpuMs = (): number => timesOf(process.pid, 13, 15);

/** The sum of the times that Linux keeps of a process. @param from where they begin behind its name (proc_pid_stat(5)) */
function timesOf(pid: number, from: number, to: number): number {
  const stat = unlessGone('', () => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const hundredths = stat.split(') ')[1]?.split(' ').slice(from, to).map(Number) ?? [];
  return hundredths.reduce((sum, each) => sum + each, 0) * 10;
}

/** A process may end, or one of its threads, while it is looked at. */
function unlessGone<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return otherwise;
  }
}
