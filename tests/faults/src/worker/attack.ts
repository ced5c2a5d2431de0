import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MessagePoint, Probe } from '@sorting-office/worker/testing';
import { z } from 'zod';

const points = ['claimed', 'effects', 'committing', 'committed', 'sent'] as const satisfies readonly MessagePoint[];

/** A worker's order to do away with itself. */
export const attack = z.object({
  point: z.enum(points),
  /** The name of the task at which it happens. */
  task: z.string(),
  signal: z.enum(['SIGKILL', 'SIGSTOP']),
  /** How often in all, over every worker and every life of theirs. */
  times: z.int().min(1).default(1),
  /** How likely it happens to each task that comes by. */
  chance: z.number().min(0).max(1).default(1),
});
export type Attack = z.infer<typeof attack>;

const attacked = z.object({
  FAULT_ATTACKS: z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(z.array(attack))
    .optional(),
  /** A folder in which a file says that an attack has been carried out: the transaction that could say so is rolled back. */
  FAULT_MARKERS: z.string().optional(),
});

/** A probe that carries out the attacks that the environment orders. */
export function attackerOf(env: NodeJS.ProcessEnv): Probe {
  const { FAULT_ATTACKS: attacks = [], FAULT_MARKERS: folder } = attacked.parse(env);
  if (attacks.length === 0 || folder === undefined) return () => undefined;
  return async (point, { name }) => {
    for (const order of attacks) {
      if (order.point !== point || order.task !== name || Math.random() >= order.chance) continue;
      if (!claim(folder, order)) continue;
      // What is sent is written to the socket in the turn that follows.
      if (point === 'sent') await nextTurn();
      process.kill(process.pid, order.signal);
    }
  };
}

/** Whether it is still to be done; a file that can be made once settles it between workers, and outlives them. */
function claim(folder: string, { point, task, times }: Attack): boolean {
  for (let time = 1; time <= times; time++) {
    try {
      closeSync(openSync(join(folder, `${point}-${task}-${time}`), 'wx'));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return false;
}
