import { randomUUID } from 'node:crypto';
import type { OfficeApi } from '../api/client';
import { undoPlan, undoReport } from '../api/schemas';
import { exitCodes, usageError } from '../errors';
import { followBatch, goesOn } from '../follow/follow-sort';
import { Follower } from '../follow/follower';
import { persist } from '../follow/persist';
import { renderUndoReport } from '../render/undo-report';
import type { Outcome, Session } from '../session';
import { chooseMailbox } from './choose-mailbox';
import { showRun } from './show-run';

export interface UndoOptions {
  readonly mail?: string;
  readonly from?: string;
  readonly run?: string;
  readonly mailbox?: string;
}

/** Puts mails back where they were before they were filed. Exit code 1 when some have drifted, or could not be put back. */
export async function undo(options: UndoOptions, session: Session): Promise<Outcome> {
  const { progress, persistence } = session;
  if ([options.mail, options.from, options.run].filter((one) => one !== undefined).length !== 1)
    throw usageError('UNDO_OF_WHAT', 'say what to undo: exactly one of --mail, --from and --run');
  const api = session.api();
  const payload = await payloadOf(api, options, (line) => progress.note(line));
  const key = randomUUID();
  const { task } = await persist(() => api.enqueue('undo', payload, key), persistence);
  try {
    const { report, reportId } = await followBatch(task.id, new Follower({ api, ...persistence }), progress, {
      plan: undoPlan,
      report: undoReport,
      onPlan: ({ planned }) => progress.phase(`putting back ${planned} mails`),
    });
    const { drifted, conflicts, failed } = report;
    return {
      document: { ...report, taskId: task.id, reportId },
      render: (style) => renderUndoReport(report, style),
      exitCode: drifted.total + conflicts.total + failed.total > 0 ? exitCodes.failed : exitCodes.ok,
    };
  } catch (error) {
    throw goesOn(error, 'The undo', task.id);
  }
}

/** A mail and a run are of one mailbox; a sender may have written to several. */
async function payloadOf(
  api: OfficeApi,
  { mail, from, run, mailbox }: UndoOptions,
  note: (line: string) => void,
): Promise<object> {
  if (mail !== undefined) return { mailboxId: (await api.showMail(mail)).mailboxId, mailId: mail };
  if (run !== undefined) return { mailboxId: (await showRun(api, run)).mailboxId, runId: run };
  const { id } = await chooseMailbox(api, mailbox, (newest, count) =>
    note(`undoing in "${newest.name}", the newest of ${count} mailboxes: --mailbox names another`),
  );
  return { mailboxId: id, from };
}
