import { BrokerConnection, declareTopology, encodeTask, Publisher } from '@sorting-office/broker';
import { insertTasks } from '@sorting-office/db';
import { newTask } from '@sorting-office/tasks';
import { insertRow } from '../programs/insert-row';
import type { Place } from '../run/place';
import type { Trickle } from './contender';
import { trickle } from './trickle';

/** Sends tasks as the API does: the row is committed, and its message is published and confirmed. */
export async function trickleOurs({ database, amqpUrl, accountId }: Place, tasks: Trickle): Promise<number[]> {
  const connection = await BrokerConnection.open({ url: amqpUrl, name: 'bench' });
  await connection.connected();
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  const publisher = new Publisher({ connection });
  await publisher.whenReady();
  const moments = await trickle(tasks, async (n) => {
    const row = newTask(insertRow, { n }, { accountId, traceContext: null });
    const queued = await database.transaction((db) => insertTasks(db, [row]));
    await Promise.all(queued.map((task) => publisher.publish(encodeTask(task))));
  });
  await publisher.close();
  await connection.close();
  return moments;
}
