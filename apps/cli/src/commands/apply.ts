import { randomUUID } from 'node:crypto';
import { appliedPlan, sortReport } from '../api/schemas';
import { exitCodes, usageError } from '../errors';
import { followBatch, goesOn } from '../follow/follow-sort';
import { Follower } from '../follow/follower';
import { persist } from '../follow/persist';
import { renderApplied } from '../render/sort-report';
import type { Outcome, Session } from '../session';
import { showRun } from './show-run';

/** Carries out exactly what a dry run has proposed. Exit code 1 when some of it could not be. */
export async function apply(runId: string, session: Session): Promise<Outcome> {
  const { progress, persistence } = session;
  const api = session.api();
  const { mailboxId, dryRun } = await showRun(api, runId);
  if (!dryRun) throw usageError('RUN_NOT_DRY', `${runId} was no dry run: its moves have been made`);
  const key = randomUUID();
  const { task } = await persist(() => api.enqueue('apply_plan', { mailboxId, runId }, key), persistence);
  try {
    const { plan, report, reportId } = await followBatch(task.id, new Follower({ api, ...persistence }), progress, {
      plan: appliedPlan,
      report: sortReport,
      onPlan: ({ planned }) => progress.phase(`carrying out ${planned} moves`),
    });
    return {
      document: { ...report, taskId: task.id, reportId, plan },
      render: (style) => renderApplied(report, plan, style),
      exitCode: report.skipped.total + report.failed.total > 0 ? exitCodes.failed : exitCodes.ok,
    };
  } catch (error) {
    throw goesOn(error, 'It', task.id);
  }
}
