import type { AppliedPlan, SortPlan, SortReport } from '../api/schemas';
import { cases, counts, sections } from './counts';
import type { Style } from './style';
import { plural, printable } from './text';

/** What a sort has done, or would do, to read. `plan` is what the sort itself said of it, where that is at hand. */
export function renderSortReport(report: SortReport, style: Style, plan?: SortPlan): string {
  const { dryRun, categories, moved, unreadable, skipped, failed } = report;
  const { colors } = style;
  return sections([
    heading(report, style, plan),
    counts('category', categories, style),
    counts(dryRun ? 'folder that mails would move to' : 'folder that mails moved to', moved, style),
    cases('could not be read in full, and left for review', unreadable, style),
    cases('passed over', skipped, style),
    cases(colors.red('went wrong'), failed, style),
  ]);
}

/** What a plan that was applied has done, to read. */
export function renderApplied(report: SortReport, { planned, before }: AppliedPlan, style: Style): string {
  const { runId, moved, skipped, failed } = report;
  const { colors } = style;
  const moves = total(moved);
  return sections([
    [
      colors.bold(
        planned === 0 ? 'Nothing of this plan is left to move.' : `${moves} of ${plural(planned, 'move')} made.`,
      ),
      ...(before > 0 ? [`${plural(before, 'move')} of it had been taken up by other runs before.`] : []),
      ...(moves > 0 ? [undoHint(runId)] : []),
    ].join('\n'),
    counts('folder that mails moved to', moved, style),
    cases('passed over', skipped, style),
    cases(colors.red('went wrong'), failed, style),
  ]);
}

const total = (counted: Readonly<Record<string, number>>) =>
  Object.values(counted).reduce((sum, count) => sum + count, 0);

const undoHint = (runId: string) => `\`office undo --run ${printable(runId)}\` puts them back.`;

function heading({ runId, dryRun, mails, actions, moved }: SortReport, { colors }: Style, plan?: SortPlan): string {
  const moves = total(moved);
  const sorted = mails === 0 ? 'Nothing new to sort' : `${plural(mails, 'mail')} sorted`;
  if (dryRun)
    return [
      colors.bold(`Dry run: ${sorted.charAt(0).toLowerCase()}${sorted.slice(1)}, and nothing was moved.`),
      ...(moves === 0
        ? ['Nothing would be moved.']
        : [
            `${plural(moves, 'mail')} would be moved. \`office apply ${printable(runId)}\` makes exactly these moves;`,
            'the next sort without --dry-run makes them too, and sorts what has come since.',
          ]),
      ...(plan && plan.pending > 0
        ? [`${plural(plan.pending, 'move')} that earlier dry runs proposed are pending as well.`]
        : []),
    ].join('\n');
  const states = Object.entries(actions).map(([state, count]) => `${count} ${state}`);
  return [
    colors.bold(`${sorted}, ${plural(moves, 'mail')} moved.`),
    ...(states.length > 0 ? [`Actions: ${states.map(printable).join(', ')}`] : []),
    ...(moves > 0 ? [undoHint(runId)] : []),
  ].join('\n');
}
