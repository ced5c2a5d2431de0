import { ExternalBroker } from '../broker/external-broker';
import { ExternalDatabase } from '../database/external-database';
import type { Kind } from '../server';
import type { Offer, Source } from './source';

/** Servers that the user names with DATABASE_URL and AMQP_URL, each by itself. */
export function environmentSource(env: NodeJS.ProcessEnv): Source {
  const { DATABASE_URL: database, AMQP_URL: amqp, MANAGEMENT_URL: management } = env;
  return {
    name: 'the environment',
    offer: (wanted: readonly Kind[]): Promise<Offer> =>
      Promise.resolve({
        ...(wanted.includes('database') && database && { database: new ExternalDatabase(database) }),
        ...(wanted.includes('broker') && amqp && { broker: new ExternalBroker(amqp, management) }),
        lacks: {
          ...(!database && { database: 'DATABASE_URL is not set' }),
          ...(!amqp && { broker: 'AMQP_URL is not set' }),
        },
      }),
  };
}
