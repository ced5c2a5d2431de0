import type { UnitOfWork } from '../unit-of-work';

/** When it is now by the database's clock, which is the one that ticks are due by. One statement. */
export async function databaseNow(db: UnitOfWork): Promise<Date> {
  const [row] = await db.rows<{ now: Date }>('SELECT now(6) AS now');
  if (!row) throw new Error('the database did not say what time it is');
  return row.now;
}
