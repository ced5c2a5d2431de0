import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process to be, as data. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly onLine: (line: string) => void;
}

/** How a process ended; `error` says why it could not even be started. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}

/**
 * A process that leads a group of its own, as a container's first process leads its namespace: SIGTERM reaches it alone,
 * SIGKILL everything that it has started, and nothing of that outlives it.
 */
export class LocalProcess {
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;

  constructor({ file, args, env, cwd, onLine }: Launch) {
    const child = spawn(file, args, { env: { ...env }, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => {
        if (child.pid === undefined) resolve({ code: null, signal: null, error });
      });
      child.once('exit', (code, signal) => {
        this.#killGroup();
        resolve({ code, signal });
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  kill(): void {
    // The group's number may be somebody else's once its leader has been reaped.
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#killGroup();
  }

  #killGroup(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch (error) {
      // That nobody is left in it is fine.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
