import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { nxCommand } from '../nx';

/** What is measured, as it is deployed. */
const measured = ['api', 'worker', 'bench'];

/**
 * `npm run bench`: builds what is measured, and measures it.
 * @param args passed on to `bench/src/main.ts`
 * @returns the exit code
 */
export async function bench(workspace: string, args: readonly string[], signal: AbortSignal): Promise<number> {
  const nx = nxCommand(workspace, ['run-many', '-t', 'build', '-p', measured.join(','), '--outputStyle=static']);
  const built = await run(nx.file, nx.args, { cwd: workspace, env: nx.env, signal });
  if (built !== 0 || signal.aborted) return built || 1;
  const main = ['--import', 'tsx', 'bench/src/main.ts', ...args];
  return run(process.execPath, main, { cwd: workspace, env: process.env, signal });
}

/** Runs a program until it ends, and passes on that we are to end. */
async function run(
  file: string,
  args: readonly string[],
  { cwd, env, signal }: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<number> {
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const end = () => child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  const [code] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', end);
  return code ?? 1;
}
