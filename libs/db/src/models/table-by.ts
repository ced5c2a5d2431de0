import { raw, type RawBuilder } from 'objection';

/**
 * A model's table, to be read by one index and by no other way: `db(Task).from(tableBy(Task, 'tasks_account'))`.
 *
 * For what is read a page at a time. Left to itself MariaDB enters the index of an account's rows at their end, whatever the cursor says,
 * and passes over all that is newer; or it gathers the rows of two indexes, all of them, and sorts them for one page.
 */
export const tableBy = ({ tableName }: { readonly tableName: string }, index: string): RawBuilder =>
  raw('?? FORCE INDEX (??)', [tableName, index]);
