/** Tasks that nobody would wish on a worker. Each writes its effect first, which must not be there once it has failed. */
import { defineTask, done } from '@sorting-office/tasks';
import { z } from 'zod';
import { writeEffect } from './ledger';

const quick = { attempts: 2, baseMs: 1, maxMs: 20 };
const nothing = z.object({});

export const results = ['huge', 'bigint', 'circle', 'trap', 'deep'] as const;
const made: Record<(typeof results)[number], () => unknown> = {
  huge: () => 'x'.repeat(50 * 1024 * 1024),
  bigint: () => ({ n: 1n }),
  circle: () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;
    return circle;
  },
  trap: () => ({
    get trap(): never {
      throw new Error('do not look');
    },
  }),
  deep: () => {
    let deep: unknown[] = [];
    for (let level = 0; level < 1_000_000; level++) deep = [deep];
    return deep;
  },
};

export const returns = defineTask({
  name: 'poison_returns',
  description: 'Returns what cannot be kept',
  payload: z.object({ what: z.enum(results) }),
  result: z.unknown(),
  queue: 'default',
  retry: quick,
  run: async ({ what }, { db, task }) => {
    await writeEffect(db, task, 'returned');
    return done(made[what]());
  },
});

export const enqueuesHuge = defineTask({
  name: 'poison_enqueues_huge',
  description: 'Enqueues a task with a payload of 50 MB',
  payload: z.object({ text: z.string().default('') }),
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async (_payload, { db, task, enqueue }) => {
    await writeEffect(db, task, 'enqueued');
    await enqueue(enqueuesHuge, { text: 'x'.repeat(50 * 1024 * 1024) });
    return done();
  },
});

export const throws = defineTask({
  name: 'poison_throws',
  description: 'Throws for ever',
  payload: nothing,
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async (_payload, { db, task }) => {
    await writeEffect(db, task, 'threw');
    throw new Error('for ever');
  },
});

export const exits = defineTask({
  name: 'poison_exits',
  description: 'Ends its process as if all were well',
  payload: nothing,
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async (_payload, { db, task }) => {
    await writeEffect(db, task, 'exited');
    process.exit(0);
  },
});

export const loops = defineTask({
  name: 'poison_loops',
  description: 'Lets nothing else run in its process, for ever',
  payload: nothing,
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async (_payload, { db, task }) => {
    await writeEffect(db, task, 'looped');
    for (let turns = 0; turns >= 0; turns++);
    return done();
  },
});

export const exhausts = defineTask({
  name: 'poison_exhausts',
  description: 'Takes all the memory that its process may have',
  payload: nothing,
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async (_payload, { db, task }) => {
    await writeEffect(db, task, 'exhausted');
    const heap: number[][] = [];
    for (let size = 0; size >= 0; size++) heap.push(Array.from({ length: 100_000 }, (_one, index) => index + size));
    return done();
  },
});

export const begets = defineTask({
  name: 'poison_begets',
  description: 'Enqueues itself, for ever',
  payload: z.object({ generation: z.int().min(0) }),
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async ({ generation }, { db, task, enqueue }) => {
    await writeEffect(db, task, 'begot');
    await enqueue(begets, { generation: generation + 1 });
    return done();
  },
});

export const poison = [returns, enqueuesHuge, throws, exits, loops, exhausts, begets];
