import { readAuthorities } from '@sorting-office/db';
import { z } from 'zod';
import { type BrokerServer, tlsProblem } from './tls';

const isAddress = (url: string) => /^amqps?:\/\//.test(url) && URL.canParse(url);

/** An empty variable is one that is not set. */
const unlessEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const settings = z.object({
  AMQP_URL: z.string().refine(isAddress, 'must look like amqps://user:password@host:port/vhost'),
  /** `verify`: the address must be amqps://; `off`: it may be amqp:// although the server is not on this machine. */
  AMQP_TLS: unlessEmpty(z.enum(['verify', 'off']).optional()),
  /** A file with the certificates of who may have signed the server's (PEM). Only these are believed; read once, at the start. */
  AMQP_CA_FILE: unlessEmpty(z.string().optional()),
});
export type BrokerConfig = z.infer<typeof settings>;

/** What the settings must say together; where they are put together with others, it has to be said again. */
export function checkBroker(
  { AMQP_URL: url, AMQP_TLS: tls, AMQP_CA_FILE: ca }: BrokerConfig,
  context: z.RefinementCtx,
): void {
  if (!isAddress(url)) return;
  const message = tlsProblem({ url, tls, ca });
  if (message !== null) context.addIssue({ code: 'custom', path: ['AMQP_URL'], message });
}

/** What programs are told of RabbitMQ by their environment. */
export const brokerConfig = settings.superRefine(checkBroker);

/**
 * Where RabbitMQ is, and what to believe of it.
 *
 * @throws AuthoritiesError CA_FILE_UNREADABLE
 */
export function brokerServer({ AMQP_URL, AMQP_TLS, AMQP_CA_FILE }: BrokerConfig): BrokerServer {
  return {
    url: AMQP_URL,
    tls: AMQP_TLS,
    ca: AMQP_CA_FILE === undefined ? undefined : readAuthorities('AMQP_CA_FILE', AMQP_CA_FILE),
  };
}
