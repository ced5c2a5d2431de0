/** The tasks that are attacked: each attempt that is committed leaves exactly one effect in the ledger. */
import { setTimeout as sleep } from 'node:timers/promises';
import { call, defineTask, done } from '@sorting-office/tasks';
import { z } from 'zod';
import { writeEffect, writeRow } from './ledger';

/** Tried again soon, and short enough that a worker that has vanished does not keep its locks for long. */
const quick = { retry: { attempts: 5, baseMs: 20, maxMs: 200 }, timeLimitSeconds: 20 };
const milliseconds = z.int().min(0).max(600_000).default(0);

export const writes = defineTask({
  name: 'fault_writes',
  description: 'Writes its effect, and holds its transaction open for a while',
  payload: z.object({ holdMs: milliseconds }),
  result: z.void(),
  queue: 'default',
  ...quick,
  run: async ({ holdMs }, { db, task, signal }) => {
    await writeEffect(db, task, 'wrote');
    if (holdMs > 0) await sleep(holdMs, undefined, { signal });
    return done();
  },
});

export const brief = defineTask({
  ...writes,
  name: 'fault_brief',
  description:
    'Writes its effect in a short time, which bounds for how long a worker that has vanished keeps its locks',
  timeLimitSeconds: 10,
});

export const child = defineTask({
  name: 'fault_child',
  description: 'Writes its effect',
  payload: z.object({ holdMs: milliseconds }),
  result: z.object({ child: z.int() }),
  queue: 'bulk',
  ...quick,
  run: async ({ holdMs }, { db, task, signal }) => {
    await writeEffect(db, task, 'child');
    if (holdMs > 0) await sleep(holdMs, undefined, { signal });
    return done({ child: task.attempt });
  },
});

export const parent = defineTask({
  name: 'fault_parent',
  description: 'Writes its effect and enqueues children',
  payload: z.object({ children: z.int().min(1).max(100), holdMs: milliseconds }),
  result: z.void(),
  queue: 'default',
  ...quick,
  run: async ({ children, holdMs }, { db, task, enqueue }) => {
    await writeEffect(db, task, 'parent');
    for (let left = children; left > 0; left--) await enqueue(child, { holdMs });
    return done();
  },
});

export const continues = defineTask({
  name: 'fault_continues',
  description: 'Writes the effect of a batch that has ended',
  payload: z.object({}),
  result: z.void(),
  queue: 'interactive',
  ...quick,
  run: async (_payload, { db, task }) => {
    await writeEffect(db, task, 'continued');
    return done();
  },
});

export const batch = defineTask({
  name: 'fault_batch',
  description: 'Writes its effect and opens a batch with a continuation',
  payload: z.object({ children: z.int().min(1).max(100), holdMs: milliseconds }),
  result: z.void(),
  queue: 'default',
  ...quick,
  run: async ({ children, holdMs }, { db, task, openBatch }) => {
    await writeEffect(db, task, 'batch');
    await openBatch({
      children: Array.from({ length: children }, () => call(child, { holdMs })),
      continuation: { task: continues, payload: {} },
    });
    return done();
  },
});

export const stumbles = defineTask({
  name: 'fault_stumbles',
  description: 'Writes its effect, and throws so many times before it succeeds',
  payload: z.object({ times: z.int().min(1).max(4) }),
  result: z.void(),
  queue: 'default',
  ...quick,
  run: async ({ times }, { db, task }) => {
    await writeEffect(db, task, 'stumbled');
    if (task.attempt <= times) throw new Error('on purpose');
    return done();
  },
});

export const locks = defineTask({
  name: 'fault_locks',
  description: 'Writes its effect and two rows that others write in the opposite order',
  payload: z.object({ rows: z.tuple([z.int(), z.int()]) }),
  result: z.void(),
  queue: 'default',
  ...quick,
  run: async ({ rows: [first, second] }, { db, task, signal }) => {
    await writeRow(db, first);
    await sleep(20, undefined, { signal });
    await writeRow(db, second);
    await writeEffect(db, task, 'locked');
    return done();
  },
});

export const deaf = defineTask({
  name: 'fault_deaf',
  description: 'Writes its effect and never ends, whatever its signal says',
  payload: z.object({}),
  result: z.void(),
  queue: 'default',
  retry: { attempts: 1, baseMs: 1, maxMs: 1 },
  timeLimitSeconds: 0.5,
  run: async (_payload, { db, task }) => {
    await writeEffect(db, task, 'deaf');
    return new Promise(() => undefined);
  },
});

export const faultTasks = [writes, brief, child, parent, continues, batch, stumbles, locks, deaf];
