import type { UndoReport } from '../api/schemas';
import { cases, counts, sections } from './counts';
import type { Style } from './style';
import { plural } from './text';

/** What an undo has put back and what it has left alone, to read. */
export function renderUndoReport(report: UndoReport, style: Style): string {
  const { undone, restored, alreadyUndone, underWay, drifted, conflicts, failed } = report;
  const { colors } = style;
  return sections([
    [
      colors.bold(undone === 0 ? 'Nothing was put back.' : `${plural(undone, 'mail')} put back.`),
      ...(alreadyUndone > 0 ? [`${plural(alreadyUndone, 'mail')} had been put back before.`] : []),
      ...(underWay > 0 ? [`${plural(underWay, 'mail')} left to another undo that is under way.`] : []),
    ].join('\n'),
    counts('folder that mails are back in', restored, style),
    cases('drifted, and left alone', drifted, style),
    cases(colors.red('could not be put back'), conflicts, style),
    cases(colors.red('went wrong'), failed, style),
  ]);
}
