import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from '../../process/run';
import { type BrokerBinary, PrivateBroker } from '../broker/private-broker';
import type { DatabaseBinary } from '../database/initialise';
import { PrivateDatabase } from '../database/private-database';
import type { Kind } from '../server';
import type { Place } from '../place';
import type { Offer, Source } from './source';

const FOLDERS = [
  '/usr/sbin',
  '/usr/bin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/libexec',
  '/opt/homebrew/sbin',
  '/opt/homebrew/bin',
];
const RABBITMQ = '/usr/lib/rabbitmq';

/** Server programs on this machine, run privately. */
export const installedSource: Source = {
  name: 'installed programs',
  async offer(wanted: readonly Kind[], place: Place): Promise<Offer> {
    const database = wanted.includes('database') ? await databaseBinary() : undefined;
    const broker = wanted.includes('broker') ? brokerBinary() : undefined;
    return {
      ...(database && { database: new PrivateDatabase(database, place) }),
      ...(broker && { broker: new PrivateBroker(broker, place) }),
      lacks: {
        ...(!database && { database: 'neither mariadbd nor mysqld is installed' }),
        ...(!broker && { broker: 'rabbitmq-server is not installed' }),
      },
    };
  },
};

async function databaseBinary(): Promise<DatabaseBinary | undefined> {
  const path = program('mariadbd') ?? program('mysqld');
  if (!path) return undefined;
  if (!/mariadb/i.test(await run(path, ['--version']))) return { product: 'mysql', path };
  const installer = program('mariadb-install-db') ?? program('mysql_install_db');
  return installer ? { product: 'mariadb', path, installer } : undefined;
}

function brokerBinary(): BrokerBinary | undefined {
  const script = [join(RABBITMQ, 'bin'), ...releases(), ...programFolders()]
    .map((folder) => join(folder, 'rabbitmq-server'))
    .find(isOwnScript);
  const epmd = program('epmd') ?? epmdBesideErlang();
  return script && epmd ? { script, epmd } : undefined;
}

function releases(): string[] {
  const lib = join(RABBITMQ, 'lib');
  return existsSync(lib) ? readdirSync(lib).map((release) => join(lib, release, 'sbin')) : [];
}

/** A distribution's wrapper in PATH stands alone; RabbitMQ's own script has its settings beside it. */
function isOwnScript(path: string): boolean {
  return isExecutable(path) && existsSync(join(dirname(realpathSync(path)), 'rabbitmq-env'));
}

/** Not every Erlang puts it in PATH. */
function epmdBesideErlang(): string | undefined {
  const erl = program('erl');
  if (!erl) return undefined;
  const root = dirname(dirname(realpathSync(erl)));
  const runtime = readdirSync(root).find((name) => name.startsWith('erts-'));
  return [join(dirname(realpathSync(erl)), 'epmd'), join(root, runtime ?? '', 'bin', 'epmd')].find(isExecutable);
}

function program(name: string): string | undefined {
  return programFolders()
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function programFolders(): string[] {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [...new Set([...path, ...FOLDERS])];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
