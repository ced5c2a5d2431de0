import { setTimeout as sleep } from 'node:timers/promises';
import { BrokerConnection, EventListener, type OfficeEvent } from '@sorting-office/broker';
import type { TestApi } from './api';

/** Hears the first request to stop a task, as workers do. */
export async function listenForStops(api: TestApi) {
  const connection = await BrokerConnection.open({ url: api.amqpUrl, name: 'worker' });
  let hear: (event: OfficeEvent) => void = () => undefined;
  const heard = new Promise<OfficeEvent>((resolve) => (hear = resolve));
  // Whoever waits for it holds a transaction, which must end whatever happens.
  const tooLate = () =>
    sleep(10_000, undefined, { ref: false }).then(() => Promise.reject(new Error('nobody was asked')));
  const event = () => Promise.race([heard, tooLate()]);
  const listener = new EventListener({ connection, name: 'worker', pattern: 'task.cancel' }, (one) => hear(one));
  await listener.whenListening();
  const close = async () => {
    await listener.close();
    await connection.close();
  };
  return { event, close };
}
