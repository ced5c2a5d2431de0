/** Workers that die at every point at which it could matter, that freeze there, and tasks that do not hear. */
import { faults } from './testing/fault-test';
import type { Office } from './testing/office';
import { until } from './testing/until';
import { batch, brief, child, continues, deaf, parent, writes } from './worker/tasks';

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
