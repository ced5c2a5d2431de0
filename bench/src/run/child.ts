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

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('a program could not be started');
  return pid;
}

/** A process and all that it has started. */
function family(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(family)];
}

function memoryOf(pid: number, which: 'VmHWM' | 'VmRSS'): number {
  const [, kilobytes] = new RegExp(`^${which}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** What a process by itself has used of the processors so far, in milliseconds. */
export const cpuMsOf = (pid: number): number => timesOf(pid, 11);

/** The same of all programs that this process has started and that have ended. */
export const endedCpuMs = (): number => timesOf(process.pid, 13);

/** Two of the times that Linux keeps of a process, the user's and the system's. @param at where they are behind its name (proc_pid_stat(5)) */
function timesOf(pid: number, at: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = Number.NaN, system = Number.NaN] = rest
    .split(' ')
    .slice(at, at + 2)
    .map(Number);
  return (user + system) * 10;
}
