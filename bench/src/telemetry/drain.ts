import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokerConnection, declareTopology, encodeTask, Publisher } from '@sorting-office/broker';
import { type Database, insertTasks, Mailbox, markTaken } from '@sorting-office/db';
import { loadTasks, newTask } from '@sorting-office/tasks';
import { makeMailbox } from '../mail-search/mailbox';
import { rateOf } from './figures';
import { environmentOf, type Mode } from './modes';
import type { Sink } from './sink';

export interface Place {
  database: Database;
  databaseUrl: string;
  amqpUrl: string;
  sink: Sink;
}

const workspace = join(import.meta.dirname, '../../..');
const chunk = 500;

/** Has a built worker do so many searches that wait for it, each enqueued in a trace of its own, and says how fast it was. */
export async function drain(place: Place, mode: Mode, tasks: number): Promise<{ perSecond: number; bytes: number }> {
  const { database, databaseUrl, amqpUrl, sink } = place;
  const ids = await enqueue(database, amqpUrl, tasks);
  sink.taken();
  const worker = spawn(process.execPath, [join(workspace, 'apps/worker/dist/main.js')], {
    env: {
      ...process.env,
      ...environmentOf(mode, sink.url),
      DATABASE_URL: databaseUrl,
      AMQP_URL: amqpUrl,
      HEALTH_HOST: '127.0.0.1',
      HEALTH_PORT: '0',
      WORKER_QUEUES: 'interactive',
      WORKER_CONCURRENCY_INTERACTIVE: '10',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(worker, 'exit');
  try {
    const ends = await whenEnded(database, ids);
    return { perSecond: rateOf(ends), bytes: sink.taken() };
  } finally {
    worker.kill('SIGTERM');
    await exited;
  }
}

interface Range {
  first: string;
  last: string;
}

async function enqueue(database: Database, amqpUrl: string, tasks: number): Promise<Range> {
  const search = (await loadTasks()).get('voice_search');
  const mailboxId = await makeMailbox(database, 1);
  const { account_id: accountId } = await database.read((db) => db(Mailbox).findById(mailboxId).throwIfNotFound());
  const connection = await BrokerConnection.open({ url: amqpUrl, name: 'bench' });
  await connection.connected();
  await declareTopology(
    () => connection.createChannel(),
    () => Promise.resolve(),
  );
  const publisher = new Publisher({ connection });
  await publisher.whenReady();
  const ids: string[] = [];
  for (let made = 0; made < tasks; made += chunk) {
    const rows = Array.from({ length: Math.min(chunk, tasks - made) }, (_, index) =>
      newTask(
        search,
        { mailboxId, text: 'invoice from yesterday' },
        { accountId, traceContext: traceOf(made + index) },
      ),
    );
    const queued = await database.transaction((db) => insertTasks(db, rows));
    await Promise.all(queued.map((task) => publisher.publish(encodeTask(task))));
    await database.transaction((db) => markTaken(db, queued));
    ids.push(...rows.map(({ id }) => id));
  }
  await publisher.close();
  await connection.close();
  ids.sort();
  return { first: ids[0] ?? '', last: ids.at(-1) ?? '' };
}

/** Sampled, as a request that is traced would be. */
const traceOf = (number: number) => ({
  traceparent: `00-${(number + 1).toString(16).padStart(32, '0')}-${'1'.padStart(16, '0')}-01`,
});

/** When each task has ended, in milliseconds since 1970 and in order, once all have. */
async function whenEnded(database: Database, { first, last }: Range): Promise<number[]> {
  for (;;) {
    await sleep(250);
    const ends = await database.read((db) =>
      db.rows<{ at: number; state: string }>(
        `SELECT state, UNIX_TIMESTAMP(finished_at) * 1e3 AS at FROM tasks WHERE id BETWEEN ? AND ? ORDER BY finished_at`,
        [first, last],
      ),
    );
    const failed = ends.find(({ state }) => state !== 'queued' && state !== 'succeeded');
    if (failed) throw new Error(`a task is ${failed.state}: there is nothing to measure`);
    if (ends.every(({ state }) => state === 'succeeded')) return ends.map(({ at }) => at);
  }
}
