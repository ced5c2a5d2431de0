import { BrokerConnection, BrokerError, type BrokerServer, missingTopology } from '@sorting-office/broker';
import { z } from 'zod';
import type { ServerAddress } from '../config/addresses';
import { brokerAt } from '../config/servers';
import { OfficeError } from '../errors';
import { reasonOf } from '../reason';
import { closeWithin, within } from '../within';
import { type Finding, type Limits, ok, placeOf, skipped, untrusted, wrong } from './finding';

const closeMs = 1000;

/** What a server may say of itself, or not. */
const serverProperties = z.object({
  product: z.string().catch('some server'),
  version: z.string().catch('of unknown version'),
});

/** Whether RabbitMQ answers, and whether every exchange and queue is there. */
export async function examineBroker(address: ServerAddress | null, limits: Limits): Promise<Finding[]> {
  if (!address) {
    const says = 'AMQP_URL is not set';
    return [skipped('broker', says), skipped('topology', says)];
  }
  let connection: BrokerConnection | undefined;
  try {
    connection = await connect(brokerAt(address), limits, (opened) => (connection = opened));
    const { product, version } = serverProperties.parse(connection.serverProperties ?? {});
    const says = `${product} ${version} at ${placeOf(address.url)}`;
    return [
      connection.blocked === null
        ? ok('broker', says)
        : wrong('broker', `${says} takes no messages: ${connection.blocked}`, 'Give it more memory or disk.'),
      await examineTopology(connection, limits),
    ];
  } catch (error) {
    limits.signal.throwIfAborted();
    return [
      (error instanceof BrokerError && error.code === 'BROKER_TLS_REFUSED') || error instanceof OfficeError
        ? untrusted('broker', error, 'AMQP')
        : wrong(
            'broker',
            `${placeOf(address.url)}: ${reasonOf(error)}`,
            `Check that RabbitMQ runs and that the address, user, password and virtual host (from ${address.from}) are right.`,
          ),
      skipped('topology', 'the broker cannot be asked'),
    ];
  } finally {
    const opened = connection;
    if (opened) await closeWithin(closeMs, () => opened.close());
  }
}

/** A connection, or the reason of its first failure: the connection itself would try again for ever. */
function connect(
  server: BrokerServer,
  { ms, signal }: Limits,
  opened: (connection: BrokerConnection) => void,
): Promise<BrokerConnection> {
  return within(ms, signal, async () => {
    let fail: (reason: Error) => void = () => undefined;
    const failure = new Promise<never>((_resolve, reject) => (fail = reject));
    const connection = await BrokerConnection.open({
      ...server,
      name: 'office doctor',
      onTrouble: (error) => fail(error),
    });
    opened(connection);
    await Promise.race([connection.connected(), failure]);
    return connection;
  });
}

async function examineTopology(connection: BrokerConnection, { ms, signal }: Limits): Promise<Finding> {
  try {
    const missing = await within(ms, signal, () => missingTopology(() => connection.createChannel()));
    if (missing.length === 0) return ok('topology', 'every exchange and queue is there');
    return wrong('topology', `missing: ${missing.join(', ')}`, 'Start the API or a worker: both declare it.');
  } catch (error) {
    signal.throwIfAborted();
    return wrong('topology', reasonOf(error), 'The user of AMQP_URL must be allowed to read the virtual host.');
  }
}
