import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  ManagedProcess,
  mark,
  onFreePorts,
  type Program,
  run,
  secret,
  serverFolder,
  serviceUser,
} from '@sorting-office/stack';
import { Client } from 'pg';
import type { PeerServer, ServerPlace } from './place';

/** Debian keeps the programs of each version apart, and out of PATH. */
const versionsFolder = '/usr/lib/postgresql';

export const postgresProgram: Program = {
  package: 'postgresql',
  has: () => programsFolder() !== undefined,
  without: 'graphile-worker and pg-boss are left out',
  service: 'postgresql',
};

function programsFolder(): string | undefined {
  const versions = existsSync(versionsFolder) ? readdirSync(versionsFolder) : [];
  return versions
    .filter((version) => existsSync(join(versionsFolder, version, 'bin/postgres')))
    .sort((a, b) => Number(a) - Number(b))
    .map((version) => join(versionsFolder, version, 'bin'))
    .at(-1);
}

/**
 * A PostgreSQL with empty data on a free port of 127.0.0.1, that loses nothing when the machine does. It runs as Debian's user for it
 * where we are root, whom it refuses.
 *
 * @throws StackError when it cannot be made or does not start
 */
export async function startPostgres({ home, signal, say }: ServerPlace): Promise<PeerServer> {
  const programs = programsFolder();
  if (programs === undefined) throw new Error(`there is no PostgreSQL in ${versionsFolder}`);
  const user = serviceUser('postgres');
  const folder = await serverFolder({ home, say }, 'postgres', user);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const password = secret(passwordFile, user);
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...mark(home) };
  await run(
    join(programs, 'initdb'),
    [`--pgdata=${data}`, '--username=office', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'],
    { env, user, signal, detached: true },
  );
  let url = '';
  let version = '';
  let server: ManagedProcess | undefined;
  await onFreePorts(1, async ([port]) => {
    url = `postgresql://office:${password}@127.0.0.1:${port}/postgres`;
    server = new ManagedProcess({
      name: 'postgresql',
      file: join(programs, 'postgres'),
      args: [
        ...['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
        ...['-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'max_connections=200'],
      ],
      env,
      cwd: '/',
      user,
      output: join(home, 'log', 'postgres.log'),
      ready: async () => {
        version = await versionAt(url);
      },
      readyWithin: 60_000,
      stopSignal: 'SIGINT', // On SIGTERM it waits until its last client has gone.
      stopWithin: 30_000,
    });
    await server.start(signal);
  });
  const stop = async () => server?.stop();
  signal.addEventListener('abort', () => void stop());
  return { url, about: `postgresql ${version}: fsync=on, synchronous_commit=on`, stop };
}

async function versionAt(url: string): Promise<string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version.split(' ')[0] ?? '';
  } finally {
    await client.end();
  }
}
