import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokerConnection, declareTopology, encodeTask, Publisher } from '@sorting-office/broker';
import { type Database, insertTasks, markTaken } from '@sorting-office/db';
import { loadTasks, newTask } from '@sorting-office/tasks';
import { rateOf } from './figures';
import { environmentOf, type Mode } from './modes';
import type { Sink } from './sink';

export interface Place {
  database: Database;
  databaseUrl: string;
  amqpUrl: string;
  sink: Sink;
  mailbox: { id: string; accountId: string };
}

export interface Drained {
  perSecond: number;
  /** What one task takes of a processor, in milliseconds: on a machine that does other things too, the figure to believe. */
  cpuMs: number;
  /** Of traces. */
  bytes: number;
}

const workspace = join(import.meta.dirname, '../../..');
const chunk = 500;

/**
 * Has a built worker do so many tasks that wait for it, each enqueued in a trace of its own, and says how fast it was. They are the lightest
 * there are: `index_mails` of a mailbox where there is nothing to index. The lighter the task, the more telemetry weighs.
 */
export async function drain(place: Place, mode: Mode, tasks: number): Promise<Drained> {
  const { database, databaseUrl, amqpUrl, sink } = place;
  const ids = await enqueue(place, tasks);
  sink.taken();
  const worker = spawn(process.execPath, [join(workspace, 'apps/worker/dist/main.js')], {
    env: {
      ...process.env,
      ...environmentOf(mode, sink.url),
      DATABASE_URL: databaseUrl,
      AMQP_URL: amqpUrl,
      HEALTH_HOST: '127.0.0.1',
      HEALTH_PORT: '0',
      WORKER_QUEUES: 'bulk',
      WORKER_CONCURRENCY_BULK: '10',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(worker, 'exit');
  try {
    const { ends, cpuMs } = await whenEnded(database, ids, () => cpuMsOf(worker.pid));
    return { perSecond: rateOf(ends), cpuMs, bytes: sink.taken() };
  } finally {
    worker.kill('SIGTERM');
    await exited;
  }
}

interface Range {
  first: string;
  last: string;
}

async function enqueue({ database, amqpUrl, mailbox }: Place, tasks: number): Promise<Range> {
  const light = (await loadTasks()).get('index_mails');
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
      newTask(light, { mailboxId: mailbox.id }, { accountId: mailbox.accountId, traceContext: traceOf(made + index) }),
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

/**
 * When each task has ended, in milliseconds since 1970 and in order, once all have; and what one has taken of a processor, from when
 * a fifth had ended.
 */
async function whenEnded(
  database: Database,
  { first, last }: Range,
  usedMs: () => number,
): Promise<{ ends: number[]; cpuMs: number }> {
  let warm: { ended: number; usedMs: number } | null = null;
  for (;;) {
    await sleep(250);
    const rows = await database.read((db) =>
      db.rows<{ at: number; state: string }>(
        `SELECT state, UNIX_TIMESTAMP(finished_at) * 1e3 AS at FROM tasks WHERE id BETWEEN ? AND ? ORDER BY finished_at`,
        [first, last],
      ),
    );
    const failed = rows.find(({ state }) => state !== 'queued' && state !== 'succeeded');
    if (failed) throw new Error(`a task is ${failed.state}: there is nothing to measure`);
    const now = { ended: rows.filter(({ state }) => state === 'succeeded').length, usedMs: usedMs() };
    if (warm === null && now.ended >= rows.length / 5) warm = now;
    if (warm && now.ended === rows.length)
      return { ends: rows.map(({ at }) => at), cpuMs: (now.usedMs - warm.usedMs) / (now.ended - warm.ended) };
  }
}

/** What a process has used of the processors so far, in milliseconds; Linux counts it in hundredths of a second. */
function cpuMsOf(pid = 0): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = Number.NaN, system = Number.NaN] = rest.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10;
}
