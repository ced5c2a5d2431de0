import { BrokerConnection, declareTopology, Publisher } from '@sorting-office/broker';

/** A publisher with a connection of its own, which is closed with it. */
export interface OpenPublisher {
  publisher: Publisher;
  close: () => Promise<void>;
}

/** Connects to the broker, and declares what the worker would. */
export async function openPublisher(amqpUrl: string): Promise<OpenPublisher> {
  const connection = await BrokerConnection.open({ url: amqpUrl, name: 'bench' });
  await connection.connected();
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  const publisher = new Publisher({ connection });
  await publisher.whenReady();
  return {
    publisher,
    close: async () => {
      await publisher.close();
      await connection.close();
    },
  };
}
