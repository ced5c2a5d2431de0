// What is done with tasks while the table of them is as large as it is: each in a transaction, its commit included.
import { pageOfTasks } from '@sorting-office/api/testing';
import {
  type Database,
  insertTasks,
  makeLostDue,
  markTaken,
  measureBacklog,
  type QueuedTask,
  renewHeld,
  takeDueTasks,
  taskQueue,
  type TasksAsked,
} from '@sorting-office/db';
import { newTask } from '@sorting-office/tasks';
import { insertRow } from '../programs/insert-row';
import type { Latency } from '../run/statistics';
import { timed } from './timing';

/** Tasks that are enqueued with one request, and that a relay takes at once. */
const [enqueued, relayed] = [500, 200];
/** Times that a relay, and a large request, take their turn. */
const turns = 20;
const pageSize = 50;
/** The later page that is asked for, from 1. */
const laterPage = 10;
const silenceSeconds = 60;

/** The costs of each thing that is done with tasks, in milliseconds. @param times how often what is done with few of them is done */
export async function taskCosts(
  database: Database,
  accountId: string,
  times: number,
): Promise<Record<string, Latency>> {
  const enqueue = (count: number) => {
    const rows = Array.from({ length: count }, (_, n) => newTask(insertRow, { n }, { accountId, traceContext: null }));
    return database.transaction((db) => insertTasks(db, rows));
  };
  const costs: Record<string, Latency> = {
    'enqueue one': await timed(times, () => enqueue(1)),
    'enqueue 500': await timed(turns, () => enqueue(enqueued)),
  };
  await makeAllDue(database);
  const taken: QueuedTask[] = [];
  costs['relay 200'] = await timed(turns, async () => {
    taken.push(...(await relay(database)));
  });
  const ids = taken.slice(0, relayed).map(({ id }) => id);
  costs['renew 200 held'] = await timed(turns, () => database.transaction((db) => renewHeld(db, ids)));
  costs['look for lost'] = await timed(times, () => lookForLost(database));
  costs['backlog for /metrics'] = await timed(times, () => database.read(measureBacklog));
  await endAll(database);
  return { ...costs, ...(await listCosts(database, accountId, times)) };
}

/** What has been enqueued is due for the relay. */
const makeAllDue = (database: Database) =>
  database.transaction((db) =>
    db.execute(`UPDATE tasks SET publish_at = now(6) - INTERVAL 1 SECOND WHERE state = 'queued'`),
  );

/** As the relay does, without what RabbitMQ takes. */
const relay = (database: Database) =>
  database.transaction(async (db) => {
    const due = await takeDueTasks(db, relayed);
    if (due.length < relayed) throw new Error(`${due.length} tasks are due: there is nothing to measure`);
    await markTaken(db, due);
    return due;
  });

/** As the reconciler does for a queue that is empty: nothing is as old as that, and nothing is found. */
const lookForLost = (database: Database) =>
  database.transaction(async (db) => {
    for (const queue of taskQueue.options)
      await makeLostDue(db, { queue, overtaking: false, outBefore: null, silenceSeconds }, 500);
  });

const endAll = (database: Database) =>
  database.transaction((db) =>
    db.execute(
      `UPDATE tasks SET state = 'succeeded', publish_at = NULL, published_at = NULL, finished_at = now(6) WHERE state = 'queued'`,
    ),
  );

async function listCosts(database: Database, accountId: string, times: number): Promise<Record<string, Latency>> {
  const filters: Record<string, Pick<TasksAsked, 'name' | 'state'>> = {
    'list all': {},
    'list by name': { name: 'sort_batch' },
    'list failed': { state: 'failed' },
    'list succeeded': { state: 'succeeded' },
    'list failed by name': { name: 'insert_row', state: 'failed' },
    'list queued': { state: 'queued' },
  };
  const costs: Record<string, Latency> = {};
  for (const [what, filter] of Object.entries(filters)) {
    const page = (before?: string) =>
      database.read((db) => pageOfTasks(db, { accountId, ...filter, before, limit: pageSize }));
    let before: string | undefined;
    for (let number = 1; number < laterPage; number++) before = (await page(before)).items.at(-1)?.id ?? before;
    costs[what] = await timed(times, () => page());
    costs[`${what}, page ${laterPage}`] = await timed(times, () => page(before));
  }
  return costs;
}
