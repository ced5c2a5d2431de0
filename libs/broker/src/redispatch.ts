import { type Database, makeDue, type TaskQueue } from '@sorting-office/db';

/** Rows made due in one transaction, so that nobody waits long for their locks. */
const rowsPerTransaction = 5000;

/**
 * Makes every task of these queues due that RabbitMQ was believed to hold, for the relays to publish again. Duplicates are
 * harmless. Returns how many.
 */
export async function redispatch(database: Database, queues: readonly TaskQueue[]): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await database.transaction((db) => makeDue(db, queues, rowsPerTransaction));
    total += count;
    if (count < rowsPerTransaction) return total;
  }
}
