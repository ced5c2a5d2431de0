/** A row, by the texts of its table's head. */
export type Row = Readonly<Record<string, string>>;

/**
 * The rows of the table under a heading, without the marks of code.
 *
 * @throws Error when there is no such heading, no table under it, or a row with more or fewer cells than the head.
 */
export function markdownTable(markdown: string, heading: string): Row[] {
  const [, section] = markdown.split(`\n## ${heading}\n`);
  const lines = section?.split('\n## ')[0]?.split('\n') ?? [];
  const [head, rule, ...rows] = lines.filter((line) => line.startsWith('|')).map(cells);
  if (!head || !rule?.every((cell) => /^:?-+:?$/.test(cell))) throw new Error(`no table under "${heading}"`);
  return rows.map((row) => {
    if (row.length !== head.length) throw new Error(`not as many cells as the head has: ${row.join(' | ')}`);
    return Object.fromEntries(head.map((name, index) => [name, row[index] ?? '']));
  });
}

const cells = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) =>
      cell
        .trim()
        .replace(/^`(.*)`$/, '$1')
        .replaceAll('\\|', '|'),
    );
