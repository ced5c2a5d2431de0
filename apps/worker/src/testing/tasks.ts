/** Tasks for tests: each writes to the ledger, for which the table of correspondents serves, and then does what it is named after. */
import { EventEmitter, once } from 'node:events';
import { Correspondent, type UnitOfWork } from '@sorting-office/db';
import { defineTask, discard, done, retryLater, TaskFailure } from '@sorting-office/tasks';
import { z } from 'zod';

const none = z.object({});
const quick = { attempts: 3, baseMs: 1, maxMs: 1 };

/** Writes an effect that would be there twice if its task had two. */
const write = (db: UnitOfWork, taskId: string, what: string) =>
  db(Correspondent).insert({ mailbox_id: taskId, address: `${what} ${taskId} ${Math.random()}` });

export const works = defineTask({
  name: 'works',
  description: 'Writes and returns',
  payload: z.object({ answer: z.int().default(42) }),
  result: z.object({ answer: z.int() }),
  queue: 'default',
  retry: quick,
  run: async ({ answer }, { db, task }) => {
    await write(db, task.id, 'worked');
    return done({ answer });
  },
});

export const throws = defineTask({
  name: 'throws',
  description: 'Writes, enqueues, and throws every time',
  payload: none,
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async (_payload, { db, task, enqueue }) => {
    await write(db, task.id, 'threw');
    await enqueue(works, { answer: 1 });
    throw new Error('on purpose');
  },
});

export const refuses = defineTask({
  name: 'refuses',
  description: 'Throws what cannot be mended by trying again',
  payload: none,
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: () => Promise.reject(new TaskFailure('REFUSED', 'this can never work', { details: { why: 'test' } })),
});

export const recovers = defineTask({
  name: 'recovers',
  description: 'Throws on its first attempt',
  payload: none,
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async (_payload, { db, task }) => {
    await write(db, task.id, 'recovered');
    if (task.attempt === 1) throw new Error('not yet');
    return done();
  },
});

/** Rings when a waiting task has begun; a task that waits goes on when it is told to. */
export const bell = new EventEmitter().setMaxListeners(0);

export const waits = defineTask({
  name: 'waits',
  description: 'Writes, rings, and waits to be told to go on, or for its signal',
  payload: none,
  result: z.void(),
  queue: 'default',
  retry: quick,
  timeLimitSeconds: 60,
  run: async (_payload, { db, task, signal }) => {
    await write(db, task.id, 'waited');
    bell.emit('begun', task.id);
    await once(bell, `go ${task.id}`, { signal });
    return done();
  },
});

export const ignores = defineTask({
  name: 'ignores',
  description: 'Writes, rings, and never ends, whatever its signal says',
  payload: none,
  result: z.void(),
  queue: 'default',
  retry: { attempts: 1, baseMs: 1, maxMs: 1 },
  timeLimitSeconds: 0.2,
  run: async (_payload, { db, task }) => {
    await write(db, task.id, 'ignored');
    return new Promise(() => undefined);
  },
});

export const returnsNonsense = defineTask({
  name: 'returns_nonsense',
  description: 'Returns what its schema refuses',
  payload: none,
  result: z.object({ n: z.int() }),
  queue: 'default',
  retry: quick,
  run: () => Promise.resolve(done({ n: 'seven' } as unknown as { n: number })),
});

let preparations = 0;

export const prepares = defineTask({
  name: 'prepares',
  description: 'Reads before its transaction',
  payload: none,
  result: z.object({ prepared: z.string(), preparations: z.int() }),
  queue: 'default',
  retry: quick,
  prepare: async (_payload, { read }) => {
    preparations++;
    return `${(await read((db) => db(Correspondent).limit(1))).length} read`;
  },
  run: (_payload, { prepared }) => Promise.resolve(done({ prepared, preparations })),
});

export const opens = defineTask({
  name: 'opens',
  description: 'Opens a batch of three with a continuation',
  payload: none,
  result: z.void(),
  queue: 'default',
  run: async (_payload, { openBatch }) => {
    await openBatch({
      children: [1, 2, 3].map((answer) => ({ task: works, payload: { answer } })),
      continuation: { task: works, payload: { answer: 99 } },
    });
    return done();
  },
});

export const postpones = defineTask({
  name: 'postpones',
  description: 'Writes, and asks for another time on its first attempts, more often than it may fail',
  payload: z.object({ times: z.int() }),
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async ({ times }, { db, task }) => {
    await write(db, task.id, `postponed ${task.attempt}`);
    return task.attempt <= times ? retryLater(1, 'what it waits for is not there yet') : done();
  },
});

export const discards = defineTask({
  name: 'discards',
  description: 'Writes, enqueues, and finds nothing left to do',
  payload: none,
  result: z.void(),
  queue: 'default',
  retry: quick,
  run: async (_payload, { db, task, enqueue }) => {
    await write(db, task.id, 'discarded');
    await enqueue(works, { answer: 1 });
    return discard('the mailbox is gone');
  },
});

export const dozes = defineTask({
  name: 'dozes',
  description: 'Writes, and has the database sleep for far longer than it may',
  payload: none,
  result: z.void(),
  queue: 'default',
  retry: { attempts: 1, baseMs: 1, maxMs: 1 },
  timeLimitSeconds: 0.2,
  run: async (_payload, { db, task }) => {
    await write(db, task.id, 'dozed');
    await db.rows('SELECT SLEEP(300)');
    return done();
  },
});

export const all = [
  works,
  throws,
  refuses,
  recovers,
  waits,
  ignores,
  returnsNonsense,
  prepares,
  opens,
  postpones,
  discards,
  dozes,
];
