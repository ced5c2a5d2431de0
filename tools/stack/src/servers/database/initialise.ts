import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { mark } from '../../process/marked';
import { run } from '../../process/run';
import type { User } from '../../process/user';

/** A MariaDB or MySQL server program. */
export interface DatabaseBinary {
  readonly product: 'mariadb' | 'mysql';
  readonly path: string;
  /** MariaDB's mariadb-install-db; MySQL's server initialises itself. */
  readonly installer?: string;
}

/** Makes the data directory at the first call; one left half-made by a crash is made anew. */
export async function initialiseData(
  binary: DatabaseBinary,
  data: string,
  user: User | undefined,
  home: string,
  signal: AbortSignal,
): Promise<void> {
  if (existsSync(data)) return;
  const partial = `${data}.partial`;
  await rm(partial, { recursive: true, force: true });
  const [file, ...args] = installCommand(binary, partial);
  await run(file, args, {
    env: { PATH: process.env['PATH'], ...mark(home) },
    user,
    signal,
    detached: true,
  });
  await rename(partial, data);
}

function installCommand({ product, path, installer }: DatabaseBinary, datadir: string): [string, ...string[]] {
  return product === 'mariadb' && installer
    ? [installer, '--no-defaults', '--auth-root-authentication-method=socket', '--skip-test-db', `--datadir=${datadir}`]
    : [path, '--no-defaults', '--initialize-insecure', `--datadir=${datadir}`];
}
