/** How the servers that an address names are spoken to, by the rules that the API and the workers have. */
import { brokerConfig, brokerServer, type BrokerServer } from '@sorting-office/broker';
import { AuthoritiesError, databaseConfig, databaseServer, type DatabaseServer } from '@sorting-office/db';
import { z } from 'zod';
import { usageError } from '../errors';
import type { ServerAddress } from './addresses';

/** @throws OfficeError CONFIGURATION_INVALID, CA_FILE_UNREADABLE */
export const databaseAt = ({ url, tls, caFile, from }: ServerAddress): DatabaseServer =>
  configured(from, () =>
    databaseServer(databaseConfig.parse({ DATABASE_URL: url, DATABASE_TLS: tls, DATABASE_CA_FILE: caFile })),
  );

/** @throws OfficeError CONFIGURATION_INVALID, CA_FILE_UNREADABLE */
export const brokerAt = ({ url, tls, caFile, from }: ServerAddress): BrokerServer =>
  configured(from, () => brokerServer(brokerConfig.parse({ AMQP_URL: url, AMQP_TLS: tls, AMQP_CA_FILE: caFile })));

function configured<Server>(from: string, read: () => Server): Server {
  try {
    return read();
  } catch (error) {
    if (error instanceof AuthoritiesError) throw usageError(error.code, error.message);
    if (!(error instanceof z.ZodError)) throw error;
    const says = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw usageError('CONFIGURATION_INVALID', `${says} (from ${from})`);
  }
}
