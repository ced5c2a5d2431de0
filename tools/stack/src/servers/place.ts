import type { Program } from '../apt/programs';
import type { Certificate } from './certificate';

/** Where servers of ours live and how they are to behave. */
export interface Place {
  /** An absolute folder that belongs to this stack alone; also the mark of its processes. */
  readonly home: string;
  /** True: data survive a crash of the machine. False: faster, for tests. */
  readonly durable: boolean;
  /** True: the database writes a binary log, as one that is replicated or backed up does. MySQL writes one anyway, MariaDB does not. */
  readonly binaryLog: boolean;
  /** What the database may hold of its tables in memory, in MB, rather than what it has by default. */
  readonly databaseMemoryMb?: number | undefined;
  /** True: nothing is kept once the servers have stopped. */
  readonly temporary: boolean;
  /** Tells the user in one line what happens. */
  readonly say: (line: string) => void;
  /** Installed as well where servers are installed. */
  readonly programs?: readonly Program[] | undefined;
  /** What servers of ours prove themselves with, looked at anew at each start; without it they speak no TLS. */
  readonly certificate?: (() => Certificate) | undefined;
  /** Aborts whatever is being prepared. */
  readonly signal: AbortSignal;
}
