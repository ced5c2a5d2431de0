import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { mark } from '../../process/marked';
import { run } from '../../process/run';
import type { User } from '../../process/user';

/** The installer ends with much advice; what went wrong stands before it. */
const TAIL = 60;

/** A MariaDB or MySQL server program. */
export interface DatabaseBinary {
  readonly product: 'mariadb' | 'mysql';
  readonly path: string;
  /** MariaDB's mariadb-install-db; MySQL's server initialises itself. */
  readonly installer?: string;
}

/** Where and as whom a server is initialised. */
export interface Initialisation {
  /** The data directory to make. */
  readonly data: string;
  /** A folder for temporary files that no other server uses: a MariaDB that starts clears those of others away. */
  readonly temporary: string;
  readonly user: User | undefined;
  /** Marks the process. */
  readonly home: string;
}

/** Makes the data directory at the first call; one left half-made by a crash is made anew. */
export async function initialiseData(
  binary: DatabaseBinary,
  where: Initialisation,
  signal: AbortSignal,
): Promise<void> {
  const { data, temporary, user, home } = where;
  if (existsSync(data)) return;
  const partial = `${data}.partial`;
  await rm(partial, { recursive: true, force: true });
  const [file, ...args] = installCommand(binary, partial);
  const env = { PATH: process.env['PATH'], TMPDIR: temporary, ...mark(home) };
  await run(file, args, { env, user, signal, detached: true, tail: TAIL });
  await rename(partial, data);
}

function installCommand({ product, path, installer }: DatabaseBinary, datadir: string): [string, ...string[]] {
  return product === 'mariadb' && installer
    ? [installer, '--no-defaults', '--auth-root-authentication-method=socket', '--skip-test-db', `--datadir=${datadir}`]
    : [path, '--no-defaults', '--initialize-insecure', `--datadir=${datadir}`];
}
