/** One line of a plan: how one table is read. */
export interface PlanStep {
  /** What the statement calls it; null for a step that reads none. */
  readonly table: string | null;
  /** `ALL`: every row. `index`: every entry of an index. */
  readonly type: string | null;
  readonly key: string | null;
  /** The indexes among which the server has chosen, each of which it has looked into; null where there was nothing to choose. */
  readonly considered: string | null;
  /** How many rows the server expects to read of it. */
  readonly rows: number | null;
  readonly extra: string;
  readonly select: string;
}

/** What EXPLAIN has answered, in the form that MariaDB and MySQL have in common. */
export const planOf = (rows: readonly Record<string, unknown>[]): PlanStep[] =>
  rows.map((row) => ({
    table: text(row['table']),
    type: text(row['type']),
    key: text(row['key']),
    considered: text(row['possible_keys']),
    // A filter by another index adds in how many per cent of them it leaves: `600 (5%)`.
    rows: text(row['rows']) === null ? null : Number.parseInt(text(row['rows']) ?? '', 10),
    extra: text(row['Extra']) ?? '',
    select: text(row['select_type']) ?? '',
  }));

/** A plan in a line, for people. */
export const planText = (steps: readonly PlanStep[]): string =>
  steps
    .map(({ table, type, key, rows, extra }) =>
      [table ?? '-', type ?? '-', key ?? 'no key', `${rows ?? '?'} rows`, extra]
        .filter((part) => part !== '')
        .join(' '),
    )
    .join(' | ');

/** Whether the server has seen before it began that there is nothing to read: such a plan says nothing of how it would have read it. */
export const isEmpty = (steps: readonly PlanStep[]): boolean =>
  steps.every(({ table, extra }) => table === null && /impossible where|no matching/i.test(extra));

function text(value: unknown): string | null {
  if (Buffer.isBuffer(value)) return value.toString();
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
}
