import { BrokerConnection, declareTopology, encodeTask, Publisher } from '@sorting-office/broker';
import { insertTasks, markTaken } from '@sorting-office/db';
import { newTask } from '@sorting-office/tasks';
import { insertRow } from '../programs/insert-row';
import { startProgram } from '../run/child';
import { makePlace, type Place } from '../run/place';
import { mark, type Servers } from '@sorting-office/stack';
import type { Contender } from './contender';
import { ledgerTable, mysqlLedger } from './ledger';
import { trickleOurs } from './trickle-ours';

/** Tasks that are inserted with one statement, and whose confirms are waited for together. */
const chunk = 500;

/** The real worker, with a task that inserts its row through Objection, and everything else as it is deployed. */
export async function ours(servers: Servers): Promise<Contender> {
  const place = await makePlace(servers);
  await place.statement(ledgerTable);
  return {
    name: 'Sorting Office',
    atomic: true,
    ledger: mysqlLedger(place.databaseUrl),
    load: (tasks) => load(place, tasks),
    trickle: (tasks) => trickleOurs(place, tasks),
    start: (concurrency) =>
      Promise.resolve(
        startProgram('ours', {
          ...mark(servers.home),
          DATABASE_URL: place.databaseUrl,
          AMQP_URL: place.amqpUrl,
          WORKER_QUEUES: 'default',
          WORKER_CONCURRENCY_DEFAULT: String(concurrency),
        }),
      ),
    remove: () => place.remove(),
  };
}

/** Commits tasks and has RabbitMQ confirm their messages. */
async function load({ database, amqpUrl, accountId }: Place, tasks: number): Promise<void> {
  const connection = await BrokerConnection.open({ url: amqpUrl, name: 'bench' });
  await connection.connected();
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  const publisher = new Publisher({ connection });
  await publisher.whenReady();
  for (let from = 0; from < tasks; from += chunk) {
    const numbers = Array.from({ length: Math.min(chunk, tasks - from) }, (_, index) => from + index);
    const rows = numbers.map((n) => newTask(insertRow, { n }, { accountId, traceContext: null }));
    const queued = await database.transaction((db) => insertTasks(db, rows));
    await Promise.all(queued.map((task) => publisher.publish(encodeTask(task))));
    await database.transaction((db) => markTaken(db, queued));
  }
  await publisher.close();
  await connection.close();
}
