import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, StackError } from '../errors';
import { lastLines, openLog } from './log-file';
import type { User } from './user';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not even be started. */
  readonly error?: Error;
}

/** A long-running process as data. */
export interface Command {
  /** For messages. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Runs as this user; as ourselves when absent. */
  readonly user?: User | undefined;
  /** A file that output is appended to, or who gets it line by line. */
  readonly output: string | ((line: string) => void);
  /** One look: resolves when the process does its work, rejects with what is still missing. */
  readonly ready: (signal: AbortSignal) => Promise<unknown>;
  /** Milliseconds it may take to become ready. */
  readonly readyWithin: number;
  /** What asks it to end in good order; default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** Milliseconds between that and SIGKILL. */
  readonly stopWithin: number;
}

interface Run {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  exit?: Exit;
}

const PROBE_INTERVAL = 50;
const PROBE_TIMEOUT = 2_000;

/**
 * One process (with its group) that can be started, stopped, killed and started again.
 *
 *                 start()             ready() resolves
 *     +---------+ ------> +----------+ ------> +---------+
 *     | stopped |         | starting |         | running |
 *     +---------+ <------ +----------+         +---------+
 *          ^    exits, too slow,                    |
 *          |    or the signal aborts                | exits by itself, stop() or kill()
 *          +----------------------------------------+
 *
 * It leads a group of its own, so that Ctrl-C in a terminal does not reach it, and whatever it started goes with it.
 */
export class ManagedProcess {
  #run: Run | undefined;

  constructor(readonly command: Command) {}

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#run?.exit ? undefined : this.#run?.child.pid;
  }

  /** Settles when the run that was started last has ended. */
  get exited(): Promise<Exit> {
    if (!this.#run) throw new Error(`${this.command.name} was never started`);
    return this.#run.exited;
  }

  /**
   * Resolves when it is ready.
   * @throws StackError PROCESS_DIED when it ends first, NOT_READY when it takes too long, INTERRUPTED when the signal aborts;
   *   nothing of it runs any more then.
   */
  async start(signal: AbortSignal): Promise<void> {
    if (this.pid !== undefined) throw new Error(`${this.command.name} runs already`);
    if (signal.aborted) throw this.#interrupted();
    const run = this.#spawn();
    try {
      await this.#untilReady(run, signal);
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  /** Asks with SIGTERM or what it has instead, insists with SIGKILL, and resolves when it is gone. */
  async stop(): Promise<void> {
    const run = this.#run;
    if (!run || run.exit) return;
    run.child.kill(this.command.stopSignal ?? 'SIGTERM');
    const patience = new AbortController();
    await Promise.race([
      run.exited,
      delay(this.command.stopWithin, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    await this.kill();
  }

  /** SIGKILL for the whole group; resolves when it is gone. */
  async kill(): Promise<void> {
    const run = this.#run;
    if (run?.child.pid === undefined || run.exit) return;
    signalGroup(run.child.pid, 'SIGKILL');
    await run.exited;
  }

  #spawn(): Run {
    const { file, args, env, cwd, user, output } = this.command;
    const sink = typeof output === 'string' ? openLog(output) : undefined;
    const child = spawn(file, args, {
      env,
      cwd,
      detached: true,
      stdio: sink ? ['ignore', sink.fd, sink.fd] : ['ignore', 'pipe', 'pipe'],
      ...(user && { uid: user.uid, gid: user.gid }),
    });
    sink?.close();
    if (typeof output === 'function') {
      for (const stream of [child.stdout, child.stderr])
        if (stream) createInterface({ input: stream }).on('line', output);
    }
    const exited = new Promise<Exit>((resolve) => {
      child.once('error', (error) => {
        if (child.pid === undefined) resolve({ code: null, signal: null, error });
      });
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const run: Run = { child, exited };
    void exited.then((exit) => {
      run.exit = exit;
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    });
    this.#run = run;
    return run;
  }

  async #untilReady(run: Run, signal: AbortSignal): Promise<void> {
    const { ready, readyWithin, name } = this.command;
    const deadline = AbortSignal.timeout(readyWithin);
    let missing: unknown = 'no answer';
    for (;;) {
      if (signal.aborted) throw this.#interrupted();
      if (run.exit) throw this.#died(run.exit);
      if (deadline.aborted) {
        throw new StackError(
          'NOT_READY',
          `${name} was not ready after ${readyWithin / 1000} s: ${reasonOf(missing)}${this.#tail()}`,
        );
      }
      try {
        await Promise.race([
          ready(AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT)])),
          run.exited.then((exit) => Promise.reject(this.#died(exit))),
        ]);
        return;
      } catch (error) {
        missing = error;
        await Promise.race([delay(PROBE_INTERVAL), run.exited]);
      }
    }
  }

  #interrupted(): StackError {
    return new StackError('INTERRUPTED', `${this.command.name} was interrupted while it started`);
  }

  #died(exit: Exit): StackError {
    return new StackError(
      'PROCESS_DIED',
      `${this.command.name} ended before it was ready (${describeExit(exit)})${this.#tail()}`,
    );
  }

  #tail(): string {
    const { output } = this.command;
    return typeof output === 'string' ? `; the end of ${output}:\n${lastLines(output, 8)}` : '';
  }
}

/** "exit code 1", "SIGKILL", or why it could not be started. */
export function describeExit({ code, signal, error }: Exit): string {
  return error?.message ?? signal ?? `exit code ${String(code)}`;
}

/** Sends a signal to a process group; that nobody is left in it is fine. */
function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
