/** A copy of the workspace to try things out in: what is written, generated or linted in it never shows in the real one. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';

/** The real workspace's root. */
export const workspaceRoot = join(__dirname, '../../../..');

const scope = '@sorting-office';
const notCopied = new Set(['node_modules', '.git', '.nx', '.stack', 'dist', 'coverage']);
/** Types that have been built come along, and are no files of the workspace: what has not changed need not be built again. */
const notListed = new Set([...notCopied, '.types']);
const timeLimitMs = 120_000;

/** How a command ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class WorkspaceCopy {
  /** Its root, in the system's temporary folder. */
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-copy-')));

  constructor() {
    cpSync(workspaceRoot, this.root, {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !notCopied.has(basename(path)),
    });
    this.#linkPackages();
    const folders = ['apps', 'libs', 'tools', 'tests'].flatMap((group) =>
      readdirSync(join(workspaceRoot, group)).map((project) => join(group, project, 'node_modules')),
    );
    for (const folder of folders) {
      const installed = join(workspaceRoot, folder);
      if (existsSync(installed)) symlinkSync(installed, join(this.root, folder));
    }
  }

  /** Every file of it, by its path from the root; what npm has installed and what commands have made is left out. */
  files(): string[] {
    return listFiles(this.root).map((path) => relative(this.root, path));
  }

  /** Writes a file, given by its path from the root. */
  write(path: string, content: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Reads a file, given by its path from the root. */
  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /**
   * Runs a command of the workspace's npm packages in its root. Resolves with how it has ended, well or not; rejects when it
   * could not start or had to be stopped.
   */
  run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const program = join(this.root, 'node_modules/.bin', command);
      const options = {
        cwd: this.root,
        env: { ...ownEnvironment(), ...env },
        timeout: timeLimitMs,
        maxBuffer: 2 ** 26,
      };
      execFile(program, args, options, (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        if (typeof code === 'number') resolve({ code, stdout, stderr });
        else
          reject(
            new Error(`${command} ${args.join(' ')} did not end by itself:\n${stdout}\n${stderr}`, { cause: error }),
          );
      });
    });
  }

  /** Runs a command that must succeed. Resolves with what it has written to its output; rejects with everything that it has said. */
  async succeed(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, args, env);
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** npm packages are the real workspace's, but our own are this copy's. */
  #linkPackages(): void {
    const from = join(workspaceRoot, 'node_modules');
    const to = join(this.root, 'node_modules');
    mkdirSync(join(to, scope), { recursive: true });
    for (const name of readdirSync(from)) if (name !== scope) symlinkSync(join(from, name), join(to, name));
    for (const name of readdirSync(join(from, scope))) {
      const project = realpathSync(join(from, scope, name)).slice(realpathSync(workspaceRoot).length);
      symlinkSync(join(this.root, project), join(to, scope, name));
    }
  }
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !notListed.has(name))
    .flatMap((entry) => (entry.isDirectory() ? listFiles(join(folder, entry.name)) : join(folder, entry.name)));
}

/** Nx tells its tasks of the workspace that they run in, which is another one here. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(NX_|FORCE_COLOR$)/.test(name));
  return { ...Object.fromEntries(inherited), NX_DAEMON: 'false', NO_COLOR: '1' };
}
