import { setTimeout as sleep } from 'node:timers/promises';
import { rateOf } from '../run/statistics';
import type { Contender } from './contender';

/** How often a ledger is looked at, in milliseconds: seldom enough to cost the contender nothing. */
const lookMs = 500;

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
export async function drain(contender: Contender, tasks: number, concurrency: number): Promise<Drained> {
  await contender.load(tasks);
  const worker = await contender.start(concurrency);
  try {
    let warm: { done: number; usedMs: number } | null = null;
    for (let done = 0; done < tasks;) {
      await Promise.race([sleep(lookMs), worker.died]);
      done = await contender.ledger.count();
      if (warm === null && done >= tasks / 5) warm = { done, usedMs: worker.cpuMs() };
    }
    const usedMs = worker.cpuMs() - (warm?.usedMs ?? 0);
    const peakMb = worker.peakMb();
    const { moments, tasks: different } = await contender.ledger.read();
    if (different !== tasks || moments.length !== tasks)
      throw new Error(`${contender.name} left ${moments.length} rows of ${different} tasks, and was given ${tasks}`);
    return { perSecond: rateOf(moments), peakMb, cpuMs: usedMs / (tasks - (warm?.done ?? 0)) };
  } finally {
    await worker.stop();
  }
}
