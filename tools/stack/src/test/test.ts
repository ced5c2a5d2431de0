import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { provide, testPrograms } from '../apt/programs';
import { nxCommand } from '../nx';
import { mark } from '../process/marked';
import { type Servers, startServers } from '../servers/start-servers';
import { countResults } from './results';

const TARGETS = ['typecheck', 'build', 'test'];
/** Projects that Nx is asked for by name. */
const SOME_PROJECTS = /^(-p|--projects?)(=|$)/;
/** Minutes that everything together may take, unless `TEST_LIMIT_MINUTES` says otherwise: a test that hangs is a failure, and told. */
const LIMIT = 45;
/** Milliseconds that Nx has to end by itself when we are interrupted. */
const GRACE = 5_000;

/**
 * `npm test`: lint, types, build and tests of every project, all against one set of servers of its own.
 * @param args passed on to Nx
 * @returns the exit code
 */
export async function test(
  workspace: string,
  args: readonly string[],
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<number> {
  const results = join(workspace, 'dist', 'test-results');
  rmSync(results, { recursive: true, force: true }); // Nx puts back those of projects that it takes from its cache.
  const servers = await startServers({ say, signal, programs: testPrograms });
  let code: number;
  try {
    await provide(testPrograms, { say, signal });
    say(`testing with ${servers.versions}`);
    const minutes = Number(process.env['TEST_LIMIT_MINUTES'] ?? LIMIT);
    const limit = AbortSignal.timeout(minutes * 60_000);
    code = await runNx(workspace, args, servers, AbortSignal.any([signal, limit]));
    if (limit.aborted && !signal.aborted) {
      say(`not finished after ${minutes} minutes: what hangs is the last that is named above without a result`);
      code = 1;
    }
  } finally {
    await servers.stop();
  }
  const { passed, failed } = countResults(results);
  say(`${passed} passed, ${failed} failed`);
  return code;
}

async function runNx(
  workspace: string,
  args: readonly string[],
  servers: Servers,
  signal: AbortSignal,
): Promise<number> {
  // All of the workspace in one run of ESLint takes half of what a run for each project does.
  const lint = args.some((arg) => SOME_PROJECTS.test(arg)) ? 'lint' : 'lint-all';
  const nx = nxCommand(workspace, [
    'run-many',
    '-t',
    lint,
    ...TARGETS,
    '--parallel=2',
    '--outputStyle=stream',
    ...args,
  ]);
  const child = spawn(nx.file, nx.args, {
    cwd: workspace,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...nx.env,
      ...mark(servers.home), // What Nx might leave behind ends with the servers.
      DATABASE_URL: servers.database.url,
      AMQP_URL: servers.broker.url,
      MANAGEMENT_URL: servers.broker.managementUrl,
      STACK_VERSIONS: servers.versions,
    },
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const interrupted = new Promise<[null]>((resolve) => {
    signal.addEventListener('abort', () => {
      child.kill('SIGTERM');
      void delay(GRACE, undefined, { ref: false }).then(() => resolve([null]));
    });
  });
  const [code] = await Promise.race([ended, interrupted]);
  return code ?? 1;
}
