import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const bin = join(__dirname, '../../bin/office.mjs');

/** `office` as a process of its own, with nothing in its environment but what it is given. */
export class OfficeProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; out: string; err: string }>;

  constructor(args: readonly string[], { env = {}, cwd }: { env?: Record<string, string>; cwd: string }) {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd,
      env: { PATH: process.env['PATH'], HOME: cwd, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
    this.ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  }
}
