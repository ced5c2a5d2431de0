import { join } from 'node:path';
import type { Trickle } from '../../contenders/contender';
import { mark, type Program, run, type Servers } from '@sorting-office/stack';
import { z } from 'zod';

/** Debian's own, which sees Debian's packages; another one in PATH need not. */
export const python = '/usr/bin/python3';

const packages = '/usr/lib/python3/dist-packages';

/** One of Debian's packages for Python, by the module that it brings. */
export const pythonProgram = (name: string, module: string, without: string): Program => ({
  package: name,
  has: join(packages, module, '__init__.py'),
  without,
});

/** What the programs of this folder are run with: they find each other, and leave no compiled files behind. */
export const pythonEnv = (servers: Servers, databaseUrl: string): Record<string, string> => ({
  ...mark(servers.home),
  PYTHONPATH: import.meta.dirname,
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONWARNINGS: 'ignore', // Celery advises against root, which a benchmark's own servers make harmless.
  SQLALCHEMY_URL: databaseUrl.replace(/^mysql:/, 'mysql+pymysql:'),
});

/** What Python is given to run one of the programs of this folder. */
export const programArgs = (file: string, ...args: readonly string[]) => [join(import.meta.dirname, file), ...args];

/**
 * Runs one of the programs of this folder to its end.
 *
 * @returns what it printed
 */
export const runPython = (file: string, args: readonly string[], env: Record<string, string>): Promise<string> =>
  run(python, programArgs(file, ...args), { env: { ...process.env, ...env } });

/** Has one of the programs of this folder send tasks one by one, and say when it began to send each. */
export async function tricklePython(file: string, tasks: Trickle, env: Record<string, string>): Promise<number[]> {
  const printed = await runPython(file, [tasks.count, tasks.first, tasks.everyMs].map(String), env);
  return z.array(z.number()).parse(JSON.parse(printed));
}
