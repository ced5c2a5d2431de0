import { newTask } from '@sorting-office/tasks';
import { insertRow } from '../programs/insert-row';
import { startProgram } from '../run/child';
import { commitTasks } from '../run/commit-tasks';
import { imageEnv } from '../run/image';
import { makePlace, type Place } from '../run/place';
import { mark, type Servers } from '@sorting-office/stack';
import type { Contender } from './contender';
import { ledgerTable, mysqlLedger } from './ledger';
import { trickleOurs } from './trickle-ours';

/** The real worker, with a task that inserts its row through Objection, and everything else as it is deployed. */
export const ours = async (servers: Servers): Promise<Contender> => oursIn(await makePlace(servers));

/** The same in a place that is there, and which goes with it. */
export async function oursIn(place: Place): Promise<Contender> {
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
          ...mark(place.home),
          ...imageEnv('worker'),
          DATABASE_URL: place.databaseUrl,
          AMQP_URL: place.amqpUrl,
          WORKER_QUEUES: 'default',
          WORKER_CONCURRENCY_DEFAULT: String(concurrency),
        }),
      ),
    remove: () => place.remove(),
  };
}

function load(place: Place, tasks: number): Promise<void> {
  const origin = { accountId: place.accountId, traceContext: null };
  return commitTasks(
    place,
    Array.from({ length: tasks }, (_, n) => newTask(insertRow, { n }, origin)),
  );
}
