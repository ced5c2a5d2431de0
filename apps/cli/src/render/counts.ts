import type { Cases } from '../api/schemas';
import type { Style } from './style';
import { table } from './table';

/** The parts of a report that have something to say, apart from one another. */
export const sections = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');

/** How many mails of each, the most first. */
export function counts(title: string, byName: Readonly<Record<string, number>>, style: Style): string {
  const rows = Object.entries(byName).sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
  if (rows.length === 0) return '';
  return table(
    [{ title: 'mails', align: 'right' }, { title }],
    rows.map(([name, count]) => [String(count), name]),
    style,
  );
}

const casesShown = 20;

/** What a report names with the reasons: how many, and the first of them. */
export function cases(title: string, { total, examples }: Cases, style: Style): string {
  if (total === 0) return '';
  const shown = examples.slice(0, casesShown);
  const more = total - shown.length;
  return [
    style.colors.bold(`${total} ${title}`),
    ...(shown.length > 0
      ? [
          table(
            [{ title: 'mail' }, { title: 'reason' }],
            shown.map(({ what, reason }) => [what, reason]),
            style,
          ),
        ]
      : []),
    ...(more > 0 ? [style.colors.dim(`and ${more} more`)] : []),
  ].join('\n');
}
