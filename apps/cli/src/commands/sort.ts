import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { findMaildir } from '../config/maildir-path';
import { exitCodes } from '../errors';
import { followSort, goesOn } from '../follow/follow-sort';
import { Follower } from '../follow/follower';
import { persist } from '../follow/persist';
import { renderSortReport } from '../render/sort-report';
import type { Outcome, Session } from '../session';

export interface SortOptions {
  readonly dryRun?: boolean;
  readonly name?: string;
  readonly address?: readonly string[];
}

/** Connects a Maildir unless it is, has it sorted, and follows that to its report. Exit code 1 when some mails could not be sorted. */
export async function sort(path: string, options: SortOptions, session: Session): Promise<Outcome> {
  const { progress, persistence, surroundings } = session;
  const { dryRun = false, name, address = [] } = options;
  const maildir = await findMaildir(path, surroundings);
  const api = session.api();
  const { mailbox, isNew } = await api.connectMailbox({
    name: name ?? (basename(maildir) || maildir),
    path: maildir,
    addresses: address,
  });
  if (!isNew && (name !== undefined || address.length > 0))
    progress.note(
      `${maildir} was connected before as "${mailbox.name}" and stays as it is: --name and --address do nothing`,
    );

  const key = randomUUID();
  const { task, isNew: isOurs } = await persist(
    () => api.enqueue('background_sort', { mailboxId: mailbox.id, dryRun }, key),
    persistence,
  );
  if (!isOurs) progress.note(`following the sort of this mailbox that is under way (task ${task.id})`);
  try {
    const followed = await followSort(task.id, new Follower({ api, ...persistence }), progress);
    const { plan, report, reportId } = followed;
    const { id, name: mailboxName } = mailbox;
    return {
      document: { ...report, taskId: task.id, reportId, plan, mailbox: { id, name: mailboxName, path: mailbox.path } },
      render: (style) => renderSortReport(report, style, plan),
      exitCode: report.failed.total > 0 ? exitCodes.failed : exitCodes.ok,
    };
  } catch (error) {
    throw goesOn(error, 'The sort', task.id);
  }
}
