import { models } from '../models';
import type { UnitOfWork } from '../unit-of-work';
import { migrations } from './migrations';

/** What the database holds, measured against what this build needs. */
export interface SchemaReport {
  /** Tables that are there with every column. */
  verified: number;
  /** What is missing, in words; empty when the schema is right. */
  missing: string[];
}

/**
 * Checks that every migration of this build is applied, that every model's table has its columns, and that the server takes
 * writes. A newer schema with more of either is fine.
 *
 * Three statements; errors of the database are passed on.
 */
export async function verifySchema(db: UnitOfWork): Promise<SchemaReport> {
  const columns = await db.rows<{ table_name: string; column_name: string }>(
    `SELECT table_name AS table_name, column_name AS column_name FROM information_schema.columns WHERE table_schema = DATABASE()`,
  );
  const tables = new Map<string, Set<string>>();
  for (const { table_name, column_name } of columns) {
    tables.set(table_name, (tables.get(table_name) ?? new Set()).add(column_name));
  }
  if (!tables.has('knex_migrations')) return { verified: 0, missing: ['every migration'] };
  const missing = [...(await missingMigrations(db)), ...missingColumns(tables)];
  // A read-only server answers every read; only a write, even one of no rows, finds it out.
  if (missing.length === 0) await db.execute(`UPDATE tasks SET attempt = attempt WHERE id = ''`);
  return { verified: models.filter(({ tableName }) => tables.has(tableName)).length, missing };
}

async function missingMigrations(db: UnitOfWork): Promise<string[]> {
  const applied = new Set(
    (await db.rows<{ name: string }>('SELECT name FROM knex_migrations')).map(({ name }) => name),
  );
  return migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => `migration ${name}`);
}

function missingColumns(tables: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return models.flatMap(({ tableName, columns }) => {
    const present = tables.get(tableName);
    if (!present) return [`table ${tableName}`];
    return columns.filter((column) => !present.has(column)).map((column) => `column ${tableName}.${column}`);
  });
}
