import { Model, type ModelClass } from 'objection';
import type { z } from 'zod';

/** An Objection model that knows its columns: what the schema gate looks for and what the row's type is derived from. */
export type TableModelClass<Row extends object> = ModelClass<Model & Row> & { readonly columns: readonly string[] };

/**
 * The base class of a table's model.
 *
 * @param tableName the table.
 * @param row the row's Zod schema; every key is a column that must exist.
 * @param jsonColumns columns that hold JSON. MariaDB stores them as text and MySQL as JSON; Objection writes and reads both.
 */
export function tableModel<Shape extends z.ZodRawShape>(
  tableName: string,
  row: z.ZodObject<Shape>,
  jsonColumns: readonly (keyof Shape & string)[] = [],
): TableModelClass<z.infer<z.ZodObject<Shape>>> {
  class TableModel extends Model {
    static override readonly tableName = tableName;
    static override readonly jsonAttributes = [...jsonColumns];
    static readonly columns: readonly string[] = Object.keys(row.shape);
  }
  return TableModel as unknown as TableModelClass<z.infer<z.ZodObject<Shape>>>;
}
