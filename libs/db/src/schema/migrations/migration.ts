import type { Knex } from 'knex';

/** One step of the schema's history: a name for life and statements that may each be run again. */
export interface Migration {
  readonly name: string;
  up(knex: Knex): Promise<void>;
  down(): Promise<never>;
}

/**
 * A migration made of statements.
 *
 * MySQL commits each DDL statement by itself, so a process killed half-way leaves the first ones done: every statement must
 * therefore be one that does nothing when its effect is already there (`CREATE TABLE IF NOT EXISTS`). Migrations are never
 * changed once released and only go forward.
 */
export function migration(name: string, statements: readonly string[]): Migration {
  return {
    name,
    up: async (knex) => {
      for (const statement of statements) await knex.raw(statement);
    },
    down: () => Promise.reject(new Error(`${name} cannot be taken back: the schema only goes forward`)),
  };
}
