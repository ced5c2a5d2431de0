import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { createInterface } from 'node:readline';

/** `node main.js` in an image's folder, with the environment that it is given and nothing of ours. */
export class Program {
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(folder: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, ['main.js', ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.ended = once(child, 'close').then(([code]) => {
      this.#hear(`ended with ${String(code)}`);
      return code as number | null;
    });
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', (line) => this.#hear(line));
  }

  /** Resolves once it has said so; rejects with all that it has said when it ends first. */
  async said(what: RegExp): Promise<void> {
    while (!this.#lines.some((line) => what.test(line))) {
      if (this.#lines.at(-1)?.startsWith('ended with')) throw new Error(this.#lines.join('\n'));
      await new Promise<void>((resolve) => this.#listeners.add(resolve));
    }
  }

  /** How nice it is to other processes: 0 as usual, up to 19 (setpriority(2)). */
  get niceness(): number {
    return getPriority(this.#child.pid);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.ended;
  }

  #hear(line: string): void {
    this.#lines.push(line);
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}
