import stringWidth from 'string-width';
import type { Style } from './style';
import { cut, pad, printable } from './text';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const gap = '  ';

/** Rows under their titles. The last column is cut to what is left of the width. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { colors, width }: Style,
): string {
  const cells = rows.map((row) => row.map(printable));
  const widths = columns.map(({ title }, index) =>
    Math.max(stringWidth(title), ...cells.map((row) => stringWidth(row[index] ?? ''))),
  );
  const line = (row: readonly string[]) => {
    const before = row.slice(0, -1).map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align) + gap);
    const room = Math.max(10, width - before.reduce((sum, cell) => sum + stringWidth(cell), 0));
    const last = cut(row.at(-1) ?? '', room);
    const padded = columns.at(-1)?.align === 'right' ? pad(last, widths.at(-1) ?? 0, 'right') : last;
    return [...before, padded].join('').trimEnd();
  };
  return [colors.bold(line(columns.map(({ title }) => title))), ...cells.map(line)].join('\n');
}

/** Names with what they stand for, a line each. */
export function pairs(entries: readonly (readonly [name: string, value: string])[], { colors }: Style): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${colors.dim(pad(name, width))}${gap}${value}`).join('\n');
}
