import { setTimeout as sleep } from 'node:timers/promises';
import { rateOf } from '../run/statistics';
import type { Contender } from './contender';

export interface DrainOptions {
  /** How often the ledger and the worker are looked at, in milliseconds; default 500: seldom enough to cost the contender nothing. */
  lookMs?: number;
  /** For how many looks in a row nothing may be done; default 120, as a disk that many share can stand still. */
  patience?: number;
}

export interface Drained {
  /** Tasks committed in a second. */
  perSecond: number;
  peakMb: number;
  /** What a task takes of a processor in the contender's own processes, in milliseconds. */
  cpuMs: number;
}

/**
 * Has a contender do so many tasks that wait for it, and says how fast it was: by when the database has seen its rows, since what a
 * worker says of itself need not be so.
 *
 * @throws Error when a task was done twice, or not at all
 */
export async function drain(
  contender: Contender,
  tasks: number,
  concurrency: number,
  { lookMs = 500, patience = 120 }: DrainOptions = {},
): Promise<Drained> {
  await contender.load(tasks);
  const worker = await contender.start(concurrency);
  try {
    let warm: { done: number; usedMs: number } | null = null;
    let peakMb = 0;
    let idle = 0;
    for (let done = 0; done < tasks;) {
      await Promise.race([sleep(lookMs), worker.died]);
      const before = done;
      done = await contender.ledger.count();
      idle = done === before ? idle + 1 : 0;
      if (idle > patience) throw new Error(`${contender.name} has done ${done} tasks of ${tasks}, and does no more`);
      peakMb = Math.max(peakMb, worker.peakMb());
      if (warm === null && done >= tasks / 5) warm = { done, usedMs: worker.cpuMs() };
    }
    const usedMs = worker.cpuMs() - (warm?.usedMs ?? 0);
    const { moments, tasks: different } = await contender.ledger.read();
    if (different !== tasks || moments.length !== tasks)
      throw new Error(`${contender.name} left ${moments.length} rows of ${different} tasks, and was given ${tasks}`);
    return { perSecond: rateOf(moments), peakMb, cpuMs: usedMs / (tasks - (warm?.done ?? 0)) };
  } finally {
    await worker.stop();
  }
}
