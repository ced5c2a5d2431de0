import { encodeTask } from '@sorting-office/broker';
import { insertTasks } from '@sorting-office/db';
import { newTask } from '@sorting-office/tasks';
import { insertRow } from '../programs/insert-row';
import { openPublisher } from '../run/open-publisher';
import type { Place } from '../run/place';
import type { Trickle } from './contender';
import { trickle } from './trickle';

/** Sends tasks as the API does: the row is committed, and its message is published and confirmed. */
export async function trickleOurs({ database, amqpUrl, accountId }: Place, tasks: Trickle): Promise<number[]> {
  const { publisher, close } = await openPublisher(amqpUrl);
  const moments = await trickle(tasks, async (n) => {
    const row = newTask(insertRow, { n }, { accountId, traceContext: null });
    const queued = await database.transaction((db) => insertTasks(db, [row]));
    await Promise.all(queued.map((task) => publisher.publish(encodeTask(task))));
  });
  await close();
  return moments;
}
