import { mkdirSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopMarked } from '../process/marked';
import type { Place } from './place';
import { resolveServers, sourcesInOrder } from './resolve';
import type { BrokerServer, DatabaseServer } from './server';
import { removeHome } from './server-folder';
import type { Source } from './sources/source';

export interface StartServersOptions {
  /** An absolute folder for the data, kept afterwards; without it, a temporary one that is removed. */
  readonly home?: string;
  /** Data survive a crash of the machine; default true with a home, false without. */
  readonly durable?: boolean;
  /** Where to look; default: what `npm start` does. */
  readonly sources?: readonly Source[];
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
  /** Stops what is ours and leaves no process; a temporary home is removed. */
  stop(): Promise<void>;
}

const GRACE = 10_000;

/** Finds a database and a broker and resolves when both answer. When one fails, nothing is left running. */
export async function startServers(options: StartServersOptions = {}): Promise<Servers> {
  const temporary = options.home === undefined;
  const home = options.home ?? (await temporaryHome());
  const place: Place = {
    home,
    temporary,
    durable: options.durable ?? !temporary,
    say: options.say ?? (() => undefined),
    signal: options.signal ?? new AbortController().signal,
  };
  const clear = async () => {
    await stopMarked(home, GRACE);
    if (temporary) await removeHome(home);
  };
  mkdirSync(home, { recursive: true });
  try {
    const { database, broker } = await resolveServers(options.sources ?? sourcesInOrder(process.env), place);
    const started = await Promise.allSettled([database.start(), broker.start()]);
    const stop = async () => {
      await Promise.all([broker.stop(), database.stop()]);
      await clear();
    };
    const failure = started.find((result) => result.status === 'rejected');
    if (!failure) return { database, broker, home, stop };
    await stop();
    throw failure.reason;
  } catch (error) {
    await clear();
    throw error;
  }
}

async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'sorting-office-'));
  await chmod(home, 0o711); // The servers' own users must get through.
  return home;
}
