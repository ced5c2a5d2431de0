/**
 * The outbox and the relay against a model that fits on a page: whatever happens between a commit and the queue, in whatever
 * order, these hold after every step:
 *
 * - a queued task is due, or the queue holds a message of its current attempt;
 * - no message names a task that was not committed, or an attempt that has not begun;
 * - a row notes when RabbitMQ confirmed its message if and only if RabbitMQ has it;
 *
 * and once the trouble is over, relays alone bring every queued task's current attempt into the queue.
 */
import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import type { QueuedTask, Task, TaskState } from '@sorting-office/db';
import fc from 'fast-check';
import { OutboxWorld } from './testing/outbox-world';
import { ownVhost, type OwnVhost } from './testing/vhost';

let home: MigratedDatabase;
let vhost: OwnVhost;
beforeAll(async () => {
  [home, vhost] = await Promise.all([migratedDatabase(), ownVhost()]);
});
afterAll(async () => {
  await vhost.drop();
  await home.drop();
});

/** What must be true of the tasks, whatever the servers say. */
interface Model {
  tasks: Map<string, { state: TaskState; attempt: number }>;
  /** Committed by this process, and not handed to its outbox yet. */
  undispatched: QueuedTask[];
  /** Somebody has deleted the queue, and nobody has noticed. */
  queueMissing: boolean;
}

interface Step {
  what: string;
  /** How many, or which one. */
  n: number;
}
const steps = (weight: number, n: number, ...whats: string[]) => ({
  weight,
  arbitrary: fc.tuple(fc.constantFrom(...whats), fc.nat(n)).map(([what, n]): Step => ({ what, n })),
});
const step = fc.oneof(
  steps(5, 4, 'insert'),
  steps(5, 7, 'dispatch'),
  steps(4, 2, 'relay'),
  steps(3, 20, 'retry'),
  steps(6, 0, 'mark', 'hurry', 'work'),
  steps(3, 0, 'insert and roll back', 'crash', 'fill', 'fill', 'empty', 'lose channel'),
  steps(2, 0, 'delete queue', 'restore queue', 'wipe'),
);

async function take({ what, n }: Step, world: OutboxWorld, model: Model): Promise<void> {
  const queued = [...model.tasks].filter(([, { state }]) => state === 'queued');
  const [id, task] = queued[n % Math.max(1, queued.length)] ?? [];
  switch (what) {
    case 'insert': {
      const inserted = await world.insert(n + 1);
      for (const one of inserted) model.tasks.set(one.id, { state: 'queued', attempt: 1 });
      model.undispatched.push(...inserted);
      return;
    }
    case 'insert and roll back':
      await world.insert(2, { rollBack: true });
      return;
    case 'dispatch':
      world.dispatch(model.undispatched.splice(0, n + 1));
      return;
    case 'mark':
      return world.mark();
    case 'hurry':
      return world.hurry();
    case 'relay':
      await world.relay(n + 1);
      return;
    case 'retry':
      if (id && task) await world.retry(id, task.attempt++);
      return;
    case 'work':
      succeed(model, await world.work());
      return;
    case 'crash':
      model.undispatched = [];
      world.crash();
      return;
    case 'fill':
      return world.fill();
    case 'empty':
      succeed(model, await world.empty());
      return;
    case 'lose channel':
      return world.loseChannel();
    case 'delete queue':
      if (model.queueMissing) return;
      model.queueMissing = true;
      return world.deleteQueue();
    case 'restore queue':
      model.queueMissing = false;
      return world.restoreQueue();
    case 'wipe':
      model.queueMissing = false;
      return world.wipe();
  }
}

function succeed({ tasks }: Model, ids: string[]): void {
  for (const id of ids) {
    const task = tasks.get(id);
    if (task) task.state = 'succeeded';
  }
}

/** @returns the rows, once the laws hold for them. */
async function check(world: OutboxWorld, model: Model): Promise<Task[]> {
  const { rows, held } = await world.look();
  const standing = (row: { id: string; state: string; attempt: number }) => `${row.id} ${row.state} ${row.attempt}`;
  expect(rows.map(standing).sort()).toEqual([...model.tasks].map(([id, task]) => standing({ id, ...task })).sort());
  for (const { id, state, attempt, publish_at: due, published_at: published } of rows) {
    if (state !== 'queued') expect([due, published]).toEqual([null, null]);
    else expect(due === null).toBe(published !== null);
    if (state === 'queued' && due === null && !model.queueMissing) expect([...held]).toContain(`${id}/${attempt}`);
  }
  for (const key of held) {
    const [id = '', attempt] = key.split('/');
    expect(model.tasks.get(id)?.attempt).toBeGreaterThanOrEqual(Number(attempt));
  }
  return rows;
}

const story = (...whats: string[]): [Step[]] => [whats.map((what) => ({ what, n: 4 }))];
/** What has gone wrong before, or is to go wrong in each run of the test. */
const stories = [
  story('insert', 'dispatch', 'wipe', 'mark'),
  story('insert', 'dispatch', 'retry', 'retry', 'mark', 'hurry', 'relay', 'crash'),
  story('fill', 'insert', 'dispatch', 'mark', 'insert', 'dispatch', 'mark', 'hurry', 'relay'),
  story('insert', 'delete queue', 'dispatch', 'hurry', 'relay', 'restore queue', 'mark'),
];

/** The trouble is over, and nobody but relays is left. */
async function settle(world: OutboxWorld, model: Model): Promise<void> {
  world.crash();
  await world.restoreQueue();
  model.queueMissing = false;
  for (;;) {
    succeed(model, await world.empty());
    await world.hurry();
    await world.relay(2);
    const rows = await check(world, model);
    if (rows.every(({ publish_at: due }) => due === null)) return;
  }
}

test('whatever happens between a commit and the queue', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
  process.stderr.write(`outbox: FUZZ_SEED=${seed}\n`);
  const refusals = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
      const world = await OutboxWorld.open(home, vhost);
      const model: Model = { tasks: new Map(), undispatched: [], queueMissing: false };
      try {
        for (const one of steps) {
          await take(one, world, model);
          await check(world, model);
        }
        await settle(world, model);
        for (const code of world.refusals) refusals.add(code);
      } finally {
        await world.close();
      }
    }),
    { seed, examples: stories, numRuns: 25, endOnFailure: process.env['FUZZ_SHRINK'] === undefined },
  );
  // All of the trouble there was to be had.
  expect([...refusals]).toEqual(
    expect.arrayContaining(['MESSAGE_REFUSED', 'MESSAGE_UNCONFIRMED', 'MESSAGE_UNROUTABLE']),
  );
}, 120_000);
