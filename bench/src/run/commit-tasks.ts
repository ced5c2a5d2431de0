import { BrokerConnection, declareTopology, encodeTask, Publisher } from '@sorting-office/broker';
import { type Database, insertTasks, markTaken, type NewTask } from '@sorting-office/db';

/** Tasks that are inserted with one statement, and whose confirms are waited for together. */
const chunk = 500;

/** Commits tasks and has RabbitMQ confirm their messages. */
export async function commitTasks(
  { database, amqpUrl }: { database: Database; amqpUrl: string },
  rows: readonly NewTask[],
): Promise<void> {
  const connection = await BrokerConnection.open({ url: amqpUrl, name: 'bench' });
  await connection.connected();
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  const publisher = new Publisher({ connection });
  await publisher.whenReady();
  for (let from = 0; from < rows.length; from += chunk) {
    const queued = await database.transaction((db) => insertTasks(db, rows.slice(from, from + chunk)));
    await Promise.all(queued.map((task) => publisher.publish(encodeTask(task))));
    await database.transaction((db) => markTaken(db, queued));
  }
  await publisher.close();
  await connection.close();
}
