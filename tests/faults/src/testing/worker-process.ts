/**
 * A worker as a process that is started again whenever it ends, as an orchestrator would.
 *
 * ```
 *   start() --> running --ends, of itself or by a signal--> (its exit is noted) --> running
 *                  |
 *                  +--stop(), destroy()--> gone
 * ```
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { until } from './until';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const linesKept = 400;
/** How long a worker may take to be subscribed: on a slow machine Node alone takes seconds. */
const readyMs = 90_000;
/** How long a stopping worker may take beyond its grace period. */
const stopMs = 60_000;
/** A worker that cannot even start is not started in a tight circle. */
const respawnMs = 200;

export interface WorkerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The signal that we had sent; null when it went of itself. */
  readonly asked: NodeJS.Signals | null;
  /** What it said last. */
  readonly tail: readonly string[];
}

interface Life {
  readonly child: ChildProcess;
  readonly exited: Promise<WorkerExit>;
  readonly lines: string[];
  asked: NodeJS.Signals | null;
  healthPort: number | null;
  subscribed: boolean;
}

export class WorkerProcess {
  /** Every end so far. */
  readonly exits: WorkerExit[] = [];
  readonly #env: NodeJS.ProcessEnv;
  #life: Life;
  #keeping = true;

  /** @param env all of the worker's environment but PATH. */
  constructor(env: NodeJS.ProcessEnv) {
    this.#env = { PATH: process.env['PATH'], ...env };
    this.#life = this.#spawn();
  }

  get pid(): number {
    return this.#life.child.pid ?? 0;
  }

  /** What the present process has said, the last lines of it. */
  get lines(): readonly string[] {
    return this.#life.lines;
  }

  /** Resolves once the present process, or one that follows it, takes tasks. */
  async ready(): Promise<void> {
    await until(
      'a worker to be subscribed',
      () => this.#life.subscribed,
      { withinMs: readyMs },
      () => this.tail(),
    );
  }

  /** Resolves once the present process, or one that follows it, has begun to start and hears signals. */
  async begun(): Promise<void> {
    await until(
      'a worker to begin',
      () => this.#life.healthPort !== null,
      { withinMs: readyMs },
      () => this.tail(),
    );
  }

  /** SIGKILL or SIGTERM: resolves with the end of the present process; another one is started. SIGSTOP, SIGCONT: at once. */
  async signal(signal: 'SIGKILL' | 'SIGTERM'): Promise<WorkerExit> {
    const life = this.#life;
    life.asked = signal;
    life.child.kill(signal);
    return this.#gone(life);
  }

  /** Freezes or wakes the present process. */
  freeze(frozen: boolean): void {
    this.#life.child.kill(frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  /** What `/healthz/live` or `/healthz/ready` answers; null while nobody does. */
  async health(path: 'live' | 'ready'): Promise<{ ok: boolean; reasons: string[] } | null> {
    const port = this.#life.healthPort;
    if (port === null) return null;
    try {
      const response = await fetch(`http://127.0.0.1:${port}/healthz/${path}`, {
        signal: AbortSignal.timeout(2000),
        headers: { connection: 'close' },
      });
      const { reasons } = (await response.json()) as { reasons: string[] };
      return { ok: response.ok, reasons };
    } catch {
      // Dead, frozen, or not there yet.
      return null;
    }
  }

  /** Resident memory in megabytes; null while it does not run, and where there is no /proc to ask. */
  memory(): number | null {
    try {
      const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8')) ?? [];
      return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
    } catch {
      // Ended meanwhile.
      return null;
    }
  }

  /** Stops it in good order, and for good. @returns how it ended. */
  async stop(): Promise<WorkerExit> {
    // One that has just been started again does not hear signals yet, and would die of this one.
    await this.begun();
    this.#keeping = false;
    return this.signal('SIGTERM');
  }

  /** Ends it whatever state it is in, and for good. */
  async destroy(): Promise<void> {
    this.#keeping = false;
    await this.signal('SIGKILL');
  }

  tail(): string {
    return this.#life.lines.slice(-15).join('\n');
  }

  /** The end of a process, or an error, and its death, when it takes too long. */
  async #gone(life: Life): Promise<WorkerExit> {
    const patience = new AbortController();
    const exit = await Promise.race([life.exited, sleep(stopMs, null, { signal: patience.signal }).catch(() => null)]);
    patience.abort();
    if (exit) return exit;
    life.child.kill('SIGKILL');
    await life.exited;
    throw new Error(
      `a worker did not end within ${stopMs / 1000} s of ${String(life.asked)}:\n${life.lines.slice(-15).join('\n')}`,
    );
  }

  #spawn(): Life {
    const child = spawn(process.execPath, ['--enable-source-maps', main], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(child, 'exit').then(([code, signal]): WorkerExit => {
      const exit = {
        code: code as number | null,
        signal: signal as NodeJS.Signals | null,
        asked: life.asked,
        tail: life.lines.slice(-15),
      };
      this.exits.push(exit);
      if (this.#keeping) void this.#again(exit);
      return exit;
    });
    const life: Life = { child, exited, lines: [], asked: null, healthPort: null, subscribed: false };
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on('line', (line) => listen(life, line));
    return life;
  }

  async #again({ asked }: WorkerExit): Promise<void> {
    if (asked === null) await sleep(respawnMs);
    if (this.#keeping) this.#life = this.#spawn();
  }
}

function listen(life: Life, line: string): void {
  life.lines.push(line);
  if (life.lines.length > linesKept) life.lines.shift();
  if (line.includes('"msg":"waiting for tasks')) life.subscribed = true;
  const port = /"port":(\d+),"msg":"health is served"/.exec(line)?.[1];
  if (port !== undefined) life.healthPort = Number(port);
}
