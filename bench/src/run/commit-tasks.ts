import { encodeTask } from '@sorting-office/broker';
import { insertTasks, markTaken, type NewTask } from '@sorting-office/db';
import { openPublisher } from './open-publisher';
import type { Place } from './place';

/** Tasks that are inserted with one statement, and whose confirms are waited for together. */
const chunk = 500;

/** Hands tasks over, as the API does: commits them, has RabbitMQ confirm their messages, and notes that it has. */
export interface TaskSender {
  send(rows: readonly NewTask[]): Promise<void>;
  close(): Promise<void>;
}

/** Connects to the broker, and declares what the worker would. */
export async function openSender({ database, amqpUrl }: Pick<Place, 'database' | 'amqpUrl'>): Promise<TaskSender> {
  const { publisher, close } = await openPublisher(amqpUrl);
  return {
    send: async (rows) => {
      for (let from = 0; from < rows.length; from += chunk) {
        const queued = await database.transaction((db) => insertTasks(db, rows.slice(from, from + chunk)));
        await Promise.all(queued.map((task) => publisher.publish(encodeTask(task))));
        await database.transaction((db) => markTaken(db, queued));
      }
    },
    close,
  };
}

/** Hands tasks over, and closes what that took. */
export async function commitTasks(place: Pick<Place, 'database' | 'amqpUrl'>, rows: readonly NewTask[]): Promise<void> {
  const sender = await openSender(place);
  await sender.send(rows);
  await sender.close();
}
