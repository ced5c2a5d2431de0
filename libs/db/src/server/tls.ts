import { isIP } from 'node:net';
import type { SslOptions } from 'mysql2';
import { hostOf, isLoopback } from './loopback';

/** `verify`: TLS with a server that proves who it is. `off`: in the clear. */
export type TlsMode = 'verify' | 'off';

/** Where a database is and how it is spoken to. */
export interface DatabaseServer {
  /** `mysql://user:password@host:port/database`. */
  readonly url: string;
  /** Default: `verify`, unless the server is on this machine and no authorities are given. */
  readonly tls?: TlsMode | undefined;
  /** Certificates of who may have signed the server's, as PEM; those that come with Node.js when absent. */
  readonly ca?: string | undefined;
}

/** A connection that was ended before anybody was told a password: nobody knows who is at the other end. */
export class DatabaseTlsError extends Error {
  readonly code = 'DATABASE_TLS_REFUSED';
  readonly retryable = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseTlsError';
  }
}

const tlsOf = ({ url, tls, ca }: DatabaseServer): TlsMode =>
  tls ?? (ca === undefined && isLoopback(hostOf(url)) ? 'off' : 'verify');

/** Why a server cannot be spoken to in that way; null when it can. */
export function tlsProblem(server: DatabaseServer): string | null {
  if (tlsOf(server) === 'off')
    return server.ca === undefined
      ? null
      : 'DATABASE_CA_FILE is set and DATABASE_TLS is off: nobody would look at it. Take one of them away';
  // mysql2 compares the certificate of a server without a name with the name `localhost`.
  return isIP(hostOf(server.url)) === 0
    ? null
    : 'with TLS it must name its host, as certificates are checked by name, and not have an IP address';
}

/** What mysql2 is told; undefined for none. */
export function sslOptions(server: DatabaseServer): SslOptions | undefined {
  if (tlsOf(server) === 'off') return undefined;
  // mysql2 looks at the name only if it is told to.
  return { verifyIdentity: true, rejectUnauthorized: true, ...(server.ca !== undefined && { ca: server.ca }) };
}

/** Says in words why TLS was refused; what it does not know it hands back unchanged. */
export function explainTls({ url }: DatabaseServer, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const host = hostOf(url);
  switch (error.code) {
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return new DatabaseTlsError(
        `the database at ${host} offers no TLS: have it do so, or set DATABASE_TLS=off where nobody else can listen`,
        { cause: error },
      );
    case 'HANDSHAKE_SSL_ERROR':
      return new DatabaseTlsError(
        `the database at ${host} does not prove who it is: ${error.message}. DATABASE_CA_FILE must hold who signed its certificate, which must name ${host} and be valid today`,
        { cause: error },
      );
    default:
      return error;
  }
}
