import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const workspace = join(__dirname, '../../../..');

/** A built program running as a process of its own, with everything it has said. */
export class Program {
  readonly lines: string[] = [];
  /** What it has said on standard output alone. */
  readonly output: string[] = [];
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  readonly #child: ChildProcess;
  readonly #heard = new EventEmitter().setMaxListeners(0);

  /**
   * @param app `api`, `worker` or `cli`, as built.
   * @param env what is added to this process's environment.
   */
  constructor(app: string, args: readonly string[], env: Record<string, string>) {
    const main = join(workspace, 'apps', app, 'dist/main.js');
    this.#child = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        this.lines.push(line);
        if (stream === this.#child.stdout) this.output.push(line);
        this.#heard.emit('line');
      });
    }
    this.exited = once(this.#child, 'exit').then(([code, signal]) => {
      this.#heard.emit('line');
      return { code: code as number | null, signal: signal as string | null };
    });
  }

  /** The first line that matches, said already or yet to come. Rejects when the program ends without it. */
  async said(pattern: RegExp): Promise<string> {
    for (;;) {
      const line = this.lines.find((one) => pattern.test(one));
      if (line !== undefined) return line;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        throw new Error(`ended without saying ${String(pattern)}:\n${this.lines.join('\n')}`);
      }
      await once(this.#heard, 'line');
    }
  }

  /** Resolves when the program has said another line, or has ended. */
  async saidMore(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#heard, 'line');
  }

  /** How many lines match so far. */
  count(pattern: RegExp): number {
    return this.lines.filter((line) => pattern.test(line)).length;
  }

  /** Sends a signal and waits for the end. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.#child.kill(signal);
    await this.exited;
  }
}
