import { defineTask, done } from '@sorting-office/tasks';
import { Model } from 'objection';
import { z } from 'zod';

/** A row of `ledger`. */
class LedgerRow extends Model {
  static override readonly tableName = 'ledger';
  declare id: number;
  declare task_id: string;
  declare n: number;
}

/** The work that everybody does in a benchmark: one row, inserted the way in which tasks insert theirs. */
export const insertRow = defineTask({
  name: 'insert_row',
  description: 'Inserts a row',
  payload: z.object({ n: z.int() }),
  result: z.void(),
  queue: 'default',
  run: async ({ n }, { db, task }) => {
    await db(LedgerRow).insert({ task_id: task.id, n });
    return done();
  },
});
