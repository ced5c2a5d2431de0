/** Workers that die at every point at which it could matter, and at any other. */
import { batch, child, parent, stumbles, writes } from './worker/tasks';
import { faults } from './testing/fault-test';

const fault = faults();

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

describe.each(['claimed', 'effects', 'committing', 'committed'] as const)('SIGKILL at the point "%s"', (point) => {
  fault(
    'of a task, of a parent and of a batch',
    {
      attacks: [
        { point, task: writes.name, signal: 'SIGKILL' },
        { point, task: parent.name, signal: 'SIGKILL' },
        { point, task: batch.name, signal: 'SIGKILL' },
      ],
    },
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
      const [worker] = await office.startWorkers(1);
      await office.allEnded();
      expect(worker?.exits.map(({ signal }) => signal)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
    },
  );
});
