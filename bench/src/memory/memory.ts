/**
 * Measures what a worker holds of the memory while it runs 50 tasks at a time for as long as it is let, and whether that grows.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ledgerTable, mysqlLedger } from '../contenders/ledger';
import type { Benchmark, BenchmarkContext, Outcome } from '../run/benchmark';
import { type Child, startProgram } from '../run/child';
import { imageEnv } from '../run/image';
import { inPlace } from '../run/place';
import { percentile } from '../run/statistics';
import { streamTasks } from './stream';

const concurrency = 50;
const goalMb = 150;
/** What the last fifth may hold more than the second, in MB: a heap breathes. What leaks shows more in half an hour. */
const allowedMb = 10;
/** How often it is looked at, in milliseconds. */
const lookMs = 500;
/** How long a soak takes when nobody says, in minutes. */
const usual = { full: 30, short: 1 };

export const memory: Benchmark = {
  name: 'memory',
  about: `what a worker at concurrency ${concurrency} holds of the memory, and whether that grows`,
  run: measure,
};

async function measure({ servers, short, minutes, say }: BenchmarkContext): Promise<Outcome> {
  const soakMinutes = minutes ?? (short ? usual.short : usual.full);
  say(`a worker at concurrency ${concurrency} has work for ${soakMinutes} minutes`);
  return inPlace(servers, async (place) => {
    await place.statement(ledgerTable);
    const worker = startProgram('whole-worker', {
      ...imageEnv('worker'),
      DATABASE_URL: place.databaseUrl,
      AMQP_URL: place.amqpUrl,
      WORKER_QUEUES: 'default',
      WORKER_CONCURRENCY_DEFAULT: String(concurrency),
    });
    try {
      const ended = new AbortController();
      const looking = look(worker, ended.signal);
      const tasks = await Promise.race([streamTasks(place, soakMinutes * 60_000), worker.died]);
      ended.abort();
      const held = await looking;
      const done = await mysqlLedger(place.databaseUrl).count();
      if (done !== tasks) throw new Error(`${done} rows of ${tasks} tasks: there is nothing to measure`);
      return outcomeOf({ held, tasks, minutes: soakMinutes, peakMb: worker.peakMb(), cpuMs: worker.cpuMs() / tasks });
    } finally {
      await worker.stop();
    }
  });
}

/** What a program holds, in MB, at one moment after the other. */
async function look(worker: Child, signal: AbortSignal): Promise<number[]> {
  const held: number[] = [];
  while (!signal.aborted) {
    held.push(worker.heldMb());
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
  }
  return held;
}

interface Soak {
  /** MB at one moment after the other. */
  held: readonly number[];
  peakMb: number;
  tasks: number;
  /** Of a processor, for a task. */
  cpuMs: number;
  minutes: number;
}

function outcomeOf({ held, peakMb, tasks, cpuMs, minutes }: Soak): Outcome {
  const fifth = Math.floor(held.length / 5);
  // The first fifth warms up.
  const [early, late] = [held.slice(fifth, fifth * 2), held.slice(-fifth)].map((part) => percentile(part, 50)) as [
    number,
    number,
  ];
  const missed: string[] = [];
  if (!(peakMb < goalMb))
    missed.push(
      `the worker has held ${peakMb.toFixed(0)} MB at concurrency ${concurrency}, and is to stay below ${goalMb}`,
    );
  if (!(late - early <= allowedMb))
    missed.push(`the worker has grown by ${(late - early).toFixed(0)} MB in ${minutes} minutes`);
  const perSecond = tasks / (minutes * 60);
  return {
    tables: [
      {
        title: `Memory of a worker at concurrency ${concurrency}, in MB`,
        columns: ['minutes', 'tasks', 'tasks/s', 'ms of processor', 'peak', 'median', 'second fifth', 'last fifth'],
        rows: [
          [
            minutes,
            tasks,
            perSecond.toFixed(0),
            cpuMs.toFixed(2),
            ...[peakMb, percentile(held, 50), early, late].map((value) => value.toFixed(0)),
          ],
        ],
      },
    ],
    figures: { minutes, tasks, perSecond, cpuMs, peakMb, medianMb: percentile(held, 50), earlyMb: early, lateMb: late },
    missed,
  };
}
