import type { Knex } from 'knex';

/** A change that is made when it has not been made yet. */
export type Step = (knex: Knex) => Promise<void>;

/** One step of the schema's history: a name for life and statements that may each be run again. */
export interface Migration {
  readonly name: string;
  up(knex: Knex): Promise<void>;
  down(): Promise<never>;
}

/**
 * A migration made of statements and steps.
 *
 * MySQL commits each DDL statement by itself, so a process killed half-way leaves the first ones done: every statement must
 * therefore be one that does nothing when its effect is already there (`CREATE TABLE IF NOT EXISTS`), and what has no such form
 * in both MySQL and MariaDB is a step that looks first. Migrations are never changed once released and only go forward.
 */
export function migration(name: string, changes: readonly (string | Step)[]): Migration {
  return {
    name,
    up: async (knex) => {
      for (const change of changes) await (typeof change === 'string' ? knex.raw(change) : change(knex));
    },
    down: () => Promise.reject(new Error(`${name} cannot be taken back: the schema only goes forward`)),
  };
}

/** Adds a column. @param definition its type and everything after it. */
export const addColumn =
  (table: string, column: string, definition: string): Step =>
  async (knex) => {
    const present = await lookUp(knex, 'columns', { table_name: table, column_name: column }, 'ordinal_position');
    if (present.length === 0) await knex.raw(`ALTER TABLE ${table} ADD COLUMN ${column} ${definition}`);
  };

/** Gives an index these columns, in one statement: nobody meets the table without it. Makes it where there is none. */
export const setIndex =
  (table: string, index: string, columns: readonly string[]): Step =>
  async (knex) => {
    const present = (await lookUp(knex, 'statistics', { table_name: table, index_name: index }, 'seq_in_index')).map(
      (row) => row['column_name'],
    );
    if (present.join() === columns.join()) return;
    const drop = present.length > 0 ? `DROP INDEX ${index}, ` : '';
    await knex.raw(`ALTER TABLE ${table} ${drop}ADD INDEX ${index} (${columns.join(', ')})`);
  };

/** Rows of this database's `information_schema`. */
async function lookUp(
  knex: Knex,
  what: 'columns' | 'statistics',
  where: Record<string, string>,
  order: string,
): Promise<Record<string, unknown>[]> {
  // MySQL gives its own columns back in upper case unless they are given a name.
  return (await knex(`information_schema.${what}`)
    .select('column_name as column_name')
    .whereRaw('table_schema = DATABASE()')
    .where(where)
    .orderBy(order)) as Record<string, unknown>[];
}
