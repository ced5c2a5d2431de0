import { join } from 'node:path';
import { mark, type Program, run, type Servers } from '@sorting-office/stack';

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
  SQLALCHEMY_URL: databaseUrl.replace(/^mysql:/, 'mysql+pymysql:'),
});

/** Runs one of the programs of this folder to its end. */
export async function runPython(file: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  await run(python, [join(import.meta.dirname, file), ...args], { env: { ...process.env, ...env } });
}
