/**
 * Where the API and the servers are.
 *
 * ```
 *   --url, --token  -->  OFFICE_URL, OFFICE_TOKEN  -->  nearest .stack/running.json, unless the URL is another system's
 *                        DATABASE_URL, AMQP_URL    -->       "             (both with …_TLS, …_CA_FILE)
 *                        MANAGEMENT_URL            -->       "   where AMQP_URL, too, is from there
 * ```
 */
import { usageError } from '../errors';
import { findRunning, type Running } from './running-file';

export interface Address {
  readonly url: string;
  /** Who said so: an option, an environment variable or a file. */
  readonly from: string;
}

/** The address of MySQL or RabbitMQ, and what the environment says of TLS with it. */
export interface ServerAddress extends Address {
  readonly tls?: string | undefined;
  readonly caFile?: string | undefined;
}

export interface Addresses {
  readonly api: Address | null;
  readonly token: string | null;
  readonly database: ServerAddress | null;
  readonly broker: ServerAddress | null;
  /** RabbitMQ's management API, with a user who may look. */
  readonly management: Address | null;
  /** The worker's readiness. */
  readonly workerHealth: Address | null;
}

/** What decides: options of the command line, the environment and the current folder. */
export interface AddressSources {
  readonly options: { readonly url?: string | undefined; readonly token?: string | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * Finds every address that somebody has named.
 *
 * @throws OfficeError CONFIGURATION_INVALID
 */
export function findAddresses({ options, env, cwd }: AddressSources): Addresses {
  const named = optional(options.url, '--url') ?? optional(env['OFFICE_URL'], 'OFFICE_URL');
  if (named) assertHttp(named);
  const token = options.token ?? (env['OFFICE_TOKEN'] || null);
  const [database, broker] = [optional(env['DATABASE_URL'], 'DATABASE_URL'), optional(env['AMQP_URL'], 'AMQP_URL')];
  const running = named && token !== null && database && broker ? null : findRunning(cwd);
  // A token and servers of one system are of no use, and none of the business, of another one's API.
  const same = running && (!named || sameUrl(named.url, running.apiUrl)) ? running : null;
  return {
    api: named ?? recorded(same, 'apiUrl'),
    token: checkedToken(token ?? same?.token ?? null),
    database: withTls(database ?? recorded(same, 'databaseUrl'), env, 'DATABASE'),
    broker: withTls(broker ?? recorded(same, 'amqpUrl'), env, 'AMQP'),
    management: optional(env['MANAGEMENT_URL'], 'MANAGEMENT_URL') ?? (broker ? null : recorded(same, 'managementUrl')),
    workerHealth: recorded(same, 'workerHealthUrl'),
  };
}

const bothWays = (what: string) => [
  `Set ${what}, or run this where \`npm start\` runs (it leaves the addresses in .stack/running.json).`,
];

/** @throws OfficeError CONFIGURATION_MISSING */
export function requireApi({ api, token }: Addresses): { api: Address; token: string } {
  if (!api)
    throw usageError('CONFIGURATION_MISSING', 'nobody says where the API is', bothWays('OFFICE_URL and OFFICE_TOKEN'));
  if (token === null)
    throw usageError('CONFIGURATION_MISSING', `there is no token for the API at ${api.url}`, [
      'Set OFFICE_TOKEN or pass --token; `office token create` makes one.',
    ]);
  return { api, token };
}

/** @throws OfficeError CONFIGURATION_MISSING */
export function requireDatabase({ database }: Addresses): ServerAddress {
  if (!database)
    throw usageError('CONFIGURATION_MISSING', 'nobody says where the database is', bothWays('DATABASE_URL'));
  return database;
}

const optional = (url: string | undefined, from: string): Address | null => (url ? { url, from } : null);

const withTls = (address: Address | null, env: AddressSources['env'], what: 'DATABASE' | 'AMQP') =>
  address && { ...address, tls: env[`${what}_TLS`] || undefined, caFile: env[`${what}_CA_FILE`] || undefined };

function recorded(
  running: Running | null,
  key: 'apiUrl' | 'databaseUrl' | 'amqpUrl' | 'managementUrl' | 'workerHealthUrl',
): Address | null {
  return running ? optional(running[key], running.path) : null;
}

function assertHttp({ url, from }: Address): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw usageError('CONFIGURATION_INVALID', `${from} must look like http://host:port and not like ${url}`);
}

function sameUrl(one: string, other: string): boolean {
  const plain = (url: string) => new URL(url).href.replace(/\/+$/, '');
  return plain(one) === plain(other);
}

function checkedToken(token: string | null): string | null {
  if (token !== null && !/^[\x21-\x7e]+$/.test(token))
    throw usageError(
      'CONFIGURATION_INVALID',
      'the token is not one: it is empty, or has spaces or strange letters in it',
      ['`office token create` makes one.'],
    );
  return token;
}
