// Figures for people to read.
import type { Figures } from './metrics';
import type { Miss } from './text-evaluation';

/** A row of a table whose cells are as wide as its widest ones. */
export type Row = readonly string[];

export const figureNames: Row = ['queries', 'exact', 'precision', 'recall', 'slot F1', 'dated', 'intervals'];

export function figureCells({ queries, exact, precision, recall, f1, dated, intervals }: Figures): Row {
  return [
    String(queries),
    percent(exact),
    percent(precision),
    percent(recall),
    percent(f1),
    String(dated),
    percent(intervals),
  ];
}

/** @param share 0 to 1, or more. @returns with one decimal, which more than a thousand queries would be needed to go beyond. */
export const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

/** @returns lines, the first column to the left and the others to the right. */
export function table(rows: readonly Row[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}

/** @returns lines: what was said, what was heard if it was spoken, what was meant and what was understood. */
export function missLines({ said, heard, expected, got }: Miss): string[] {
  return [
    `  said      ${said}`,
    ...(heard === undefined ? [] : [`  heard     ${heard}`]),
    `  expected  ${JSON.stringify(expected)}`,
    `  got       ${JSON.stringify(got)}`,
    '',
  ];
}
