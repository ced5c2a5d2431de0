/** Tasks that throw, loop, leave, eat and multiply: each fails with its reason after a bounded number of tries, and harms no other. */
import { cancelTask, replayTask, Task } from '@sorting-office/db';
import { faults } from './testing/fault-test';
import type { Office } from './testing/office';
import { until } from './testing/until';
import { begets, enqueuesHuge, exhausts, exits, loops, results, returns, throws } from './worker/poison';
import { writes } from './worker/tasks';

const fault = faults();
const others = (office: Office) =>
  office.enqueue(
    writes,
    Array.from({ length: 40 }, () => ({ holdMs: 5 })),
  );
const row = (office: Office, id: string) => office.database.read((db) => db(Task).findById(id).throwIfNotFound());

async function failed(office: Office, id: string): Promise<Task> {
  return until(
    'the poison to have failed',
    async () => {
      const task = await row(office, id);
      return task.state === 'failed' && task;
    },
    { withinMs: 120_000 },
  );
}

fault('results that cannot be kept, a payload of 50 MB, and errors without end', {}, async (office) => {
  const [worker] = await office.startWorkers(1);
  const expected = { state: 'failed', attempt: 2 } as const;
  const final = { state: 'failed', attempt: 1 } as const;
  const ids = {
    huge: await office.enqueue(returns, [{ what: 'huge' }], final),
    payload: await office.enqueue(enqueuesHuge, [{ text: '' }], final),
    throws: await office.enqueue(throws, [{}], expected),
    odd: await office.enqueue(
      returns,
      results.filter((what) => what !== 'huge').map((what) => ({ what })),
      final,
    ),
  };
  await others(office);
  await office.allEnded();
  const errors = async (of: string[]) => Promise.all(of.map(async (id) => (await row(office, id)).error?.code));
  expect(await errors(ids.huge)).toEqual(['RESULT_TOO_LARGE']);
  expect(await errors(ids.payload)).toEqual(['PAYLOAD_INVALID']);
  expect(await errors(ids.throws)).toEqual(['TASK_THREW']);
  expect(await errors(ids.odd)).toEqual(['RESULT_INVALID', 'RESULT_INVALID', 'RESULT_INVALID', 'RESULT_INVALID']);
  expect(worker?.exits).toEqual([]);
});

fault.each(['exits', 'loops', 'exhausts'])(
  'a task that %s takes its worker down so often and no more, and can be replayed',
  (what) => ({
    env: {
      WORKER_MAX_CRASHES: '1',
      WORKER_STALL_SECONDS: '3',
      ...(what === 'exhausts' && { NODE_OPTIONS: '--max-old-space-size=96' }),
    },
  }),
  async (office, _random, what) => {
    const [worker] = await office.startWorkers(1);
    const task = { exits, loops, exhausts }[what];
    const [id = ''] = await office.enqueue(task, [{}], { state: 'failed', attempt: 2 });
    await others(office);
    expect(await failed(office, id)).toMatchObject({ attempt: 1, crash_count: 2, error: { code: 'WORKER_DIED' } });
    await office.database.transaction((db) => replayTask(db, id, 1, null));
    expect(await failed(office, id)).toMatchObject({ attempt: 2, error: { code: 'WORKER_DIED' } });
    // What the poison did to its worker was no order of ours, and is what this is about.
    worker?.exits.splice(0);
  },
);

fault(
  'a task that enqueues itself for ever starves nobody, is one at a time, and ends when it is cancelled',
  {},
  async (office) => {
    await office.startWorkers(1);
    const [root = ''] = await office.enqueue(begets, [{ generation: 0 }]);
    const family = () => office.database.read((db) => db(Task).where({ root_id: root }).orderBy('id', 'desc'));
    await until('some generations', async () => (await family()).length > 20);
    const ids = await others(office);
    await until('the others to have ended', async () => {
      const states = await Promise.all(ids.map((id) => row(office, id)));
      return states.every(({ state }) => state === 'succeeded');
    });
    // The transaction that ends one begets the next, so that there is one to cancel at any time.
    await until(
      'the line to end',
      async () => {
        const queued = (await family()).filter(({ state }) => state === 'queued');
        expect(queued.length).toBeLessThan(2);
        const [youngest] = queued;
        if (!youngest) return (await family())[0]?.state === 'cancelled';
        await office.database.transaction((db) => cancelTask(db, youngest.id));
        return false;
      },
      { everyMs: 5 },
    );
    const members = await family();
    expect(members.filter(({ state }) => state === 'cancelled')).toHaveLength(1);
    // Told of here, as the invariants know of nobody that was not enqueued by hand.
    office.enqueued.set(root, { family: members.length - 1 });
    for (const { id, state } of members) if (state === 'cancelled') office.enqueued.set(id, { state });
  },
);
