import type { Child } from '../run/child';
import type { Contender } from './contender';
import { drain } from './drain';

const quick = { lookMs: 1, patience: 20 };

/** A contender whose worker, once it has started, leaves these tasks' rows. */
function contender(rows: readonly string[], died: Promise<never> = new Promise(() => undefined)) {
  const seen = { started: 0, stopped: 0 };
  const left: string[] = [];
  const child: Child = {
    pid: process.pid,
    peakMb: () => 100 - left.length,
    heldMb: () => 100,
    cpuMs: () => 2 * left.length,
    stop: () => {
      seen.stopped++;
      return Promise.resolve();
    },
    died,
  };
  const made: Contender = {
    name: 'somebody',
    atomic: true,
    ledger: {
      count: () => {
        left.push(...rows.slice(left.length, left.length + 5));
        return Promise.resolve(left.length);
      },
      read: () => Promise.resolve({ moments: left.map((_, index) => index), numbers: [], tasks: new Set(left).size }),
    },
    load: () => Promise.resolve(),
    start: () => {
      seen.started++;
      return Promise.resolve(child);
    },
    remove: () => Promise.resolve(),
  };
  return { made, seen };
}

const tasks = (count: number) => Array.from({ length: count }, (_, n) => `task ${n}`);

test('a task each millisecond is a thousand a second', async () => {
  const { made, seen } = contender(tasks(40));
  const drained = await drain(made, 40, 10, quick);
  expect(drained.perSecond).toBeCloseTo(1000);
  expect(drained.cpuMs).toBeCloseTo(2);
  expect(seen).toEqual({ started: 1, stopped: 1 });
});

test('the most memory that was seen counts, also of what has ended since', async () => {
  const { made } = contender(tasks(40));
  expect((await drain(made, 40, 10, quick)).peakMb).toBe(95);
});

test('a contender that loses a task is reported, and its worker stopped', async () => {
  const { made, seen } = contender(tasks(39));
  await expect(drain(made, 40, 10, quick)).rejects.toThrow('somebody has done 39 tasks of 40, and does no more');
  expect(seen.stopped).toBe(1);
});

test('a contender that does a task twice is reported, also when it has lost another', async () => {
  const { made } = contender([...tasks(39), 'task 0']);
  await expect(drain(made, 40, 10, quick)).rejects.toThrow('somebody left 40 rows of 39 tasks, and was given 40');
});

test('a worker that ends while it is measured is reported', async () => {
  const { made, seen } = contender(tasks(10), Promise.reject(new Error('it ended')));
  await expect(drain(made, 40, 10, quick)).rejects.toThrow('it ended');
  expect(seen.stopped).toBe(1);
});
