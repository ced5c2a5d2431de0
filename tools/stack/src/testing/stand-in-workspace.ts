import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { removeLeftovers } from '../servers/leftovers';
import { removeHome } from '../servers/server-folder';
import { Said } from './said';

const SOURCE = join(__dirname, '..');
const STAND_INS = {
  'apps/api/dist/main.js': 'api.mjs',
  'apps/worker/dist/main.js': 'worker.mjs',
  'apps/cli/dist/main.js': 'cli.mjs',
  'node_modules/nx.mjs': 'nx.mjs',
};

/** One `npm start` or `npm test` in a workspace, without npm. */
export interface Command {
  readonly said: Said;
  readonly child: ChildProcess;
  /** Resolves with its exit code, or with the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** A workspace in a temporary folder whose apps, and Nx, are small programs that stand in for the real ones. */
export class StandInWorkspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  readonly home = join(this.folder, '.stack');

  constructor() {
    chmodSync(this.folder, 0o755);
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }');
    for (const [path, standIn] of Object.entries(STAND_INS))
      cpSync(join(SOURCE, 'start', 'stand-in', standIn), join(this.folder, path));
    mkdirSync(join(this.folder, 'node_modules', '.bin'));
    symlinkSync('../nx.mjs', join(this.folder, 'node_modules', '.bin', 'nx'));
  }

  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Command {
    const said = new Said();
    const child = spawn(process.execPath, ['--import', require.resolve('tsx'), join(SOURCE, 'main.ts'), ...args], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', said.say);
    const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
    return { said, child, ended };
  }

  /** Ends whatever a failed test left running. */
  async remove(): Promise<void> {
    await removeLeftovers(this.home);
    await removeHome(this.home);
    await removeHome(this.folder);
  }
}
