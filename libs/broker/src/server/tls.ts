import { hostOf, isLoopback, type TlsMode } from '@sorting-office/db';
import { BrokerError } from '../errors';

/** Where RabbitMQ is and how it is spoken to. */
export interface BrokerServer {
  /** `amqps://user:password@host:port/vhost`, or `amqp://…` for one in the clear. */
  readonly url: string;
  /** `off`: it may be spoken to in the clear although it is not on this machine. */
  readonly tls?: TlsMode | undefined;
  /** Certificates of who may have signed the server's, as PEM; those that come with Node.js when absent. */
  readonly ca?: string | undefined;
}

const isEncrypted = (url: string) => new URL(url).protocol === 'amqps:';

/** Why a server cannot be spoken to in that way; null when it can. */
export function tlsProblem({ url, tls, ca }: BrokerServer): string | null {
  if (isEncrypted(url))
    return tls === 'off' ? 'amqps:// is TLS, and AMQP_TLS is off: write amqp://, or take AMQP_TLS away' : null;
  if (tls === 'verify') return 'AMQP_TLS is verify, and amqp:// is no TLS: write amqps:// and the port of it, 5671';
  if (ca !== undefined) return 'AMQP_CA_FILE is set, and amqp:// is no TLS: write amqps:// and the port of it, 5671';
  if (tls === 'off' || isLoopback(hostOf(url))) return null;
  return 'amqp:// sends passwords and mails in the clear: write amqps:// and the port of it, 5671, or set AMQP_TLS=off where nobody else can listen';
}

/** What amqplib is told for its socket. The name is checked: Node.js does so unless it is told not to. */
export const tlsOptions = ({ url, ca }: BrokerServer): { ca?: string; rejectUnauthorized?: true } =>
  isEncrypted(url) ? { rejectUnauthorized: true, ...(ca !== undefined && { ca }) } : {};

/** Codes of OpenSSL's and Node's own errors, and what Node says when the other side hangs up before it has shown a certificate. */
const refusals =
  /^(?:CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|ERROR_IN_|INVALID_|PATH_LENGTH_|HOSTNAME_|EPROTO$)/;
const hungUp = 'before secure TLS connection was established';

/** Says in words why TLS was refused; what it does not know it hands back unchanged. */
export function explainTls({ url }: BrokerServer, error: Error): Error {
  const code = 'code' in error ? String(error.code) : '';
  if (!isEncrypted(url) || !(refusals.test(code) || error.message.includes(hungUp))) return error;
  const host = hostOf(url);
  const plain = code === 'EPROTO' || code.startsWith('ERR_SSL_') || error.message.includes(hungUp);
  return new BrokerError(
    'BROKER_TLS_REFUSED',
    plain
      ? `RabbitMQ at ${host} speaks no TLS at that port that we do (${error.message}): name the port of its TLS listener, usually 5671`
      : `RabbitMQ at ${host} does not prove who it is: ${error.message}. AMQP_CA_FILE must hold who signed its certificate, which must name ${host} and be valid today`,
    { cause: error },
  );
}
