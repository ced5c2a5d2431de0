import type { Cases, SortReport } from '../api/schemas';
import type { Style } from './style';
import { table } from './table';
import { plural, printable } from './text';

/** What a sort has done, or would do, to read. */
export function renderSortReport(report: SortReport, style: Style): string {
  const { dryRun, categories, moved, unreadable, skipped, failed } = report;
  const { colors } = style;
  const sections = [
    heading(report, style),
    counts('category', categories, style),
    counts(dryRun ? 'folder that mails would move to' : 'folder that mails moved to', moved, style),
    cases('could not be read in full, and left for review', unreadable, style),
    cases('passed over', skipped, style),
    cases(colors.red('went wrong'), failed, style),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function heading({ dryRun, mails, actions, moved }: SortReport, { colors }: Style): string {
  const moves = Object.values(moved).reduce((sum, count) => sum + count, 0);
  const sorted = mails === 0 ? 'Nothing new to sort' : `${plural(mails, 'mail')} sorted`;
  if (dryRun)
    return [
      colors.bold(`Dry run: ${sorted.charAt(0).toLowerCase()}${sorted.slice(1)}, and nothing was moved.`),
      moves === 0
        ? 'Nothing would be moved.'
        : `${plural(moves, 'mail')} would be moved; the next sort without --dry-run moves them.`,
    ].join('\n');
  const states = Object.entries(actions).map(([state, count]) => `${count} ${state}`);
  return [
    colors.bold(`${sorted}, ${plural(moves, 'mail')} moved.`),
    ...(states.length > 0 ? [`Actions: ${states.map(printable).join(', ')}`] : []),
  ].join('\n');
}

function counts(title: string, byName: Readonly<Record<string, number>>, style: Style): string {
  const rows = Object.entries(byName).sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
  if (rows.length === 0) return '';
  return table(
    [{ title: 'mails', align: 'right' }, { title }],
    rows.map(([name, count]) => [String(count), name]),
    style,
  );
}

const casesShown = 20;

function cases(title: string, { total, examples }: Cases, style: Style): string {
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
