import { mkdirSync } from 'node:fs';
import type { Program } from '../apt/programs';
import type { Certificate } from './certificate';
import { removeLeftovers } from './leftovers';
import type { Place } from './place';
import { resolveServers, sourcesInOrder } from './resolve';
import type { BrokerServer, DatabaseServer } from './server';
import type { Source } from './sources/source';
import { temporaryHome } from './temporary-home';

export interface StartServersOptions {
  /** An absolute folder for the data, kept afterwards; without it, a temporary one that is removed. */
  readonly home?: string;
  /** Data survive a crash of the machine; default true with a home, false without. */
  readonly durable?: boolean;
  /** The database writes a binary log, as in production; default false. */
  readonly binaryLog?: boolean;
  /** What the database may hold of its tables in memory, in MB; default: the server's own, which is little. */
  readonly databaseMemoryMb?: number;
  /** Where to look; default: what `npm start` does. */
  readonly sources?: readonly Source[];
  /** Installed as well where servers are installed. */
  readonly programs?: readonly Program[];
  /** What installed servers prove themselves with, looked at anew at each start; without it they speak no TLS. */
  readonly certificate?: () => Certificate;
  /** Told in one line each what happens; default: nobody. */
  readonly say?: (line: string) => void;
  /** Gives up and cleans up when aborted. */
  readonly signal?: AbortSignal;
}

export interface Servers {
  readonly database: DatabaseServer;
  readonly broker: BrokerServer;
  /** Where the data and logs are. */
  readonly home: string;
  /** "mariadb 10.11/rabbitmq 3.10.8" */
  readonly versions: string;
  /** Stops what is ours and leaves no process; a temporary home is removed. */
  stop(): Promise<void>;
}

/** Finds a database and a broker and resolves when both answer. When one fails, nothing is left running. */
export async function startServers(options: StartServersOptions = {}): Promise<Servers> {
  const temporary = options.home === undefined ? await temporaryHome() : undefined;
  const home = options.home ?? temporary?.path ?? '';
  const place: Place = {
    home,
    temporary: temporary !== undefined,
    durable: options.durable ?? temporary === undefined,
    binaryLog: options.binaryLog ?? false,
    databaseMemoryMb: options.databaseMemoryMb,
    programs: options.programs,
    certificate: options.certificate,
    say: options.say ?? (() => undefined),
    signal: options.signal ?? new AbortController().signal,
  };
  const clear = async () => {
    await removeLeftovers(home);
    await temporary?.remove();
  };
  try {
    mkdirSync(home, { recursive: true });
    const { database, broker } = await resolveServers(options.sources ?? sourcesInOrder(process.env), place);
    const stop = async () => {
      // Nobody will ask for temporary data again: an orderly stop would only take its time.
      await Promise.all([broker, database].map((server) => (temporary && server.ours ? server.kill() : server.stop())));
      await clear();
    };
    const started = await Promise.allSettled([database.start(), broker.start()]);
    const failure = started.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
    return { database, broker, home, versions: `${database.version}/${broker.version}`, stop };
  } catch (error) {
    await clear();
    throw error;
  }
}
