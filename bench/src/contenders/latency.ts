import { setTimeout as sleep } from 'node:timers/promises';
import { type Latency, latencyOf } from '../run/statistics';
import type { Contender } from './contender';

/** Tasks that are sent first, while the worker starts and its code is compiled. */
const warmUp = 50;

export interface LatencyOptions {
  /** How many tasks are measured. */
  tasks: number;
  /** Milliseconds from one to the next: so many that nothing waits for the one before it. */
  everyMs: number;
  concurrency: number;
}

/**
 * How long it takes from when somebody begins to send a task until its row is inserted, by the database's clock, while there is nothing
 * else to do. The commit comes after that, and takes everybody one more write to the disk.
 *
 * @throws Error when the contender cannot send tasks one by one, or loses one
 */
export async function latency(contender: Contender, { tasks, everyMs, concurrency }: LatencyOptions): Promise<Latency> {
  if (contender.trickle === undefined) throw new TypeError(`${contender.name} sends no tasks one by one`);
  const worker = await contender.start(concurrency);
  const until = async (count: number) => {
    for (let looks = 0; (await contender.ledger.count()) < count; looks++) {
      if (looks > 300) throw new Error(`${contender.name} has not done ${count} tasks`);
      await Promise.race([sleep(100), worker.died]);
    }
  };
  try {
    await contender.trickle({ first: 0, count: warmUp, everyMs });
    await until(warmUp);
    const sent = await contender.trickle({ first: warmUp, count: tasks, everyMs });
    await until(warmUp + tasks);
    const { moments, numbers } = await contender.ledger.read();
    return latencyOf(
      moments.flatMap((moment, index) => {
        const sentAt = sent[(numbers[index] ?? 0) - warmUp];
        return sentAt === undefined ? [] : [moment - sentAt];
      }),
    );
  } finally {
    await worker.stop();
  }
}
