/** Workers that die at any time, again and again, while thousands of tasks are done. */
import { faults } from './testing/fault-test';
import type { Office } from './testing/office';
import type { Random } from './testing/random';
import { batch, parent, stumbles } from './worker/tasks';

const fault = faults();

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

fault(
  '20 times at random, during 5,000 tasks on two workers, SIGKILL',
  { env: { WORKER_MAX_CRASHES: '20' } },
  async (office, random) => {
    await enqueueFamilies(office);
    const [first, second] = await office.startWorkers(2);
    if (!first || !second) throw new Error('two workers were to be started');
    for (const ended of thresholds(random)) {
      await office.hasEnded(ended);
      await random.pick([first, second]).signal('SIGKILL');
    }
  },
);

fault('20 times at random, SIGTERM, which ends each in good order and counts nothing', {}, async (office, random) => {
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
