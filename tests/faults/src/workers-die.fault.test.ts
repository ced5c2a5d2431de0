/** Workers that die at every point at which it could matter, and at any other. */
import { faults } from './testing/fault-test';
import type { Office } from './testing/office';
import type { Random } from './testing/random';
import { until } from './testing/until';
import { batch, brief, child, continues, deaf, parent, stumbles, writes } from './worker/tasks';

const fault = faults();

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

describe('SIGKILL at the point', () => {
  fault.each(['claimed', 'effects', 'committing', 'committed'] as const)(
    '"%s" of a task, of a parent and of a batch',
    (point) => ({ attacks: [writes, parent, batch].map(({ name: task }) => ({ point, task, signal: 'SIGKILL' })) }),
    async (office) => {
      await office.enqueue(
        writes,
        times(10, () => ({ holdMs: 0 })),
      );
      await office.enqueue(
        parent,
        times(5, () => ({ children: 3, holdMs: 0 })),
        { family: 3 },
      );
      await office.enqueue(
        batch,
        times(5, () => ({ children: 3, holdMs: 0 })),
        { family: 4 },
      );
      await diesOfThree(office);
    },
  );

  fault(
    '"sent" of a relayed task, of a child and of a continuation, before the confirm',
    {
      attacks: [writes, child, continues].map(({ name: task }) => ({ point: 'sent', task, signal: 'SIGKILL' })),
    },
    async (office) => {
      await office.enqueue(
        writes,
        times(10, () => ({ holdMs: 0 })),
      );
      await office.enqueue(
        batch,
        times(5, () => ({ children: 3, holdMs: 0 })),
        { family: 4 },
      );
      await diesOfThree(office);
    },
  );
});

async function diesOfThree(office: Office): Promise<void> {
  const [worker] = await office.startWorkers(1);
  await office.allEnded();
  expect(worker?.exits.map(({ signal }) => signal)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
}

describe('20 times at random, during 5,000 tasks on two workers,', () => {
  fault('SIGKILL', { env: { WORKER_MAX_CRASHES: '20' } }, async (office, random) => {
    await enqueueFamilies(office);
    const [first, second] = await office.startWorkers(2);
    if (!first || !second) throw new Error('two workers were to be started');
    for (const ended of thresholds(random)) {
      await office.hasEnded(ended);
      await random.pick([first, second]).signal('SIGKILL');
    }
  });

  fault('SIGTERM, which ends each in good order and counts nothing', {}, async (office, random) => {
    await enqueueFamilies(office);
    const [first, second] = await office.startWorkers(2);
    if (!first || !second) throw new Error('two workers were to be started');
    for (const ended of thresholds(random)) {
      await office.hasEnded(ended);
      const victim = random.pick([first, second]);
      await victim.begun();
      const exit = await victim.signal('SIGTERM');
      expect({ code: exit.code, signal: exit.signal }).toEqual({ code: 0, signal: null });
    }
    await office.allEnded();
    expect(await office.admin.rows('SELECT id FROM tasks WHERE crash_count > 0')).toEqual([]);
  });
});

fault('tasks that ignore their signal are rolled back and reported, and all others done', {}, async (office) => {
  await office.enqueue(
    deaf,
    times(12, () => ({})),
    { state: 'failed' },
  );
  await office.enqueue(
    writes,
    times(100, () => ({ holdMs: 5 })),
  );
  await office.startWorkers(1);
  await office.allEnded();
  const errors = await office.admin.rows(
    `SELECT DISTINCT JSON_VALUE(error, '$.code') AS code FROM tasks WHERE state = 'failed'`,
  );
  expect(errors).toEqual([{ code: 'TASK_TIMED_OUT' }]);
});

fault(
  'frozen at each point past every time limit while others do its work, and then woken',
  {
    attacks: (['claimed', 'effects', 'committing', 'committed'] as const).map((point) => ({
      point,
      task: brief.name,
      signal: 'SIGSTOP',
    })),
    env: { WORKER_LOCK_BOUND_SECONDS: '5' },
  },
  async (office) => {
    const frozen = await office.startWorkers(4);
    await office.enqueue(
      brief,
      times(200, () => ({ holdMs: 20 })),
    );
    await until('all of them to freeze', () => office.attacksDone() === frozen.length);
    const { ended, all } = await office.progress();
    expect(ended).toBeLessThan(all);

    await office.startWorkers(1, { FAULT_ATTACKS: '[]' });
    await office.allEnded();
    const effects = () => office.admin.rows('SELECT * FROM fault_ledger ORDER BY id');
    const before = await effects();
    for (const worker of frozen) worker.freeze(false);
    for (const worker of frozen)
      await until('a worker to be ready', async () => (await worker.health('ready'))?.ok ?? false);
    expect(await effects()).toEqual(before);
  },
);

/** 4,000 tasks in families of five, 980 in batches of seven, and 20 that fail at first. */
async function enqueueFamilies(office: Office): Promise<void> {
  await office.enqueue(
    parent,
    times(800, () => ({ children: 4, holdMs: 1 })),
    { family: 4 },
  );
  await office.enqueue(
    batch,
    times(140, () => ({ children: 5, holdMs: 1 })),
    { family: 6 },
  );
  await office.enqueue(
    stumbles,
    times(20, () => ({ times: 2 })),
    { attempt: 3 },
  );
}

/** How many tasks will have ended at each of 20 attacks: some at once, none so late that nothing is left to disturb. */
const thresholds = (random: Random) => times(20, () => random.int(1, 4500)).sort((a, b) => a - b);
