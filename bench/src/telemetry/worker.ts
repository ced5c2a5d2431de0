/** A built worker to be measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@sorting-office/db';
import { environmentOf, type Mode } from './modes';
import type { Sink } from './sink';

export interface Place {
  database: Database;
  databaseUrl: string;
  amqpUrl: string;
  sink: Sink;
  mailbox: { id: string; accountId: string };
}

export interface Measured {
  /** Tasks, or mails. */
  perSecond: number;
  /** What one of them takes of a processor, in milliseconds: on a machine that does other things too, the figure to believe. */
  cpuMs: number;
  /** Of traces, those included that the worker sends as it ends. */
  bytes: number;
}

const workspace = join(import.meta.dirname, '../../..');

/** A trace as a request would have begun it, of which one in so many is taken. */
export const traceOf = (number: number, oneIn = 1) => ({
  traceparent: `00-${(number + 1).toString(16).padStart(32, '0')}-${'1'.padStart(16, '0')}-${number % oneIn === 0 ? '01' : '00'}`,
});

/**
 * Runs a worker for as long as a measurement takes.
 *
 * @param measure is given what says how much the worker has used of the processors so far, in milliseconds
 */
export async function withWorker(
  { databaseUrl, amqpUrl, sink }: Place,
  mode: Mode,
  measure: (usedMs: () => number) => Promise<Omit<Measured, 'bytes'>>,
): Promise<Measured> {
  sink.taken();
  const worker = spawn(process.execPath, [join(workspace, 'apps/worker/dist/main.js')], {
    env: {
      ...process.env,
      ...environmentOf(mode, sink.url),
      DATABASE_URL: databaseUrl,
      AMQP_URL: amqpUrl,
      HEALTH_HOST: '127.0.0.1',
      HEALTH_PORT: '0',
      WORKER_CONCURRENCY_BULK: '10',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(worker, 'exit');
  const end = async () => {
    worker.kill('SIGTERM');
    await exited;
  };
  const measured = await measure(() => cpuMsOf(worker.pid)).finally(end);
  return { ...measured, bytes: sink.taken() };
}

/** What a process has used of the processors so far, in milliseconds; Linux counts it in hundredths of a second. */
function cpuMsOf(pid = 0): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = Number.NaN, system = Number.NaN] = rest.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10;
}
