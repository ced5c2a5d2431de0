import type { Exit } from '../process/managed-process';

/** What a stack needs. */
export type Kind = 'database' | 'broker';

/** A database or broker server, whoever runs it. */
export interface Server {
  readonly kind: Kind;
  /** What it is and where it comes from, e.g. "/usr/sbin/mariadbd". */
  readonly origin: string;
  /** False when somebody else runs it: then it is neither stopped nor started again, and kill and restart throw NOT_OURS. */
  readonly ours: boolean;
  /** Its address with user and password; known once it has started. */
  readonly url: string;
  /** Product and version, e.g. "mariadb 10.11" or "rabbitmq 3.10.8"; known once it has started. */
  readonly version: string;
  /** Undefined while it does not run, and when it is not ours. */
  readonly pid: number | undefined;
  /** Settles when the present run has ended; never when it is not ours. */
  readonly exited: Promise<Exit>;
  /** Resolves when it answers. The address stays the same from the first start on. */
  start(signal?: AbortSignal): Promise<void>;
  /** Orderly; resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again with the same data and address, after an orderly stop if it still runs. */
  restart(): Promise<void>;
}

/** MySQL or MariaDB; the url names the database `office`. */
export interface DatabaseServer extends Server {
  readonly kind: 'database';
}

/** RabbitMQ. */
export interface BrokerServer extends Server {
  readonly kind: 'broker';
  /** Its address with TLS, for a server of ours that has been given a certificate. */
  readonly tlsUrl?: string | undefined;
  /** The management API and console, with user and password. */
  readonly managementUrl: string;
  /** Ends it at once and removes all of its data: the next start finds an empty node at the same address. NOT_OURS as for kill. */
  wipe(): Promise<void>;
  /** Runs `rabbitmqctl` on the node and resolves with what it has printed. NOT_OURS as for kill. */
  control(...args: readonly string[]): Promise<string>;
}
