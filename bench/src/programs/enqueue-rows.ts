import { defineTask, done } from '@sorting-office/tasks';
import { z } from 'zod';
import { insertRow } from './insert-row';

/** Enqueues tasks as one does that has split up its work. */
export const enqueueRows = defineTask({
  name: 'enqueue_rows',
  description: 'Enqueues many tasks',
  payload: z.object({ from: z.int(), count: z.int() }),
  result: z.void(),
  queue: 'interactive',
  run: async ({ from, count }, { enqueueMany }) => {
    await enqueueMany(
      insertRow,
      Array.from({ length: count }, (_, index) => ({ n: from + index })),
    );
    return done();
  },
});
