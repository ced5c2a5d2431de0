/**
 * Follows a sort from its plan to its report.
 *
 * ```
 *   background_sort: queued --> succeeded, done 0 of n ... n of n --> its nextId, sort_report: queued --> succeeded
 *   phases:          planning   sorting                               counting
 * ```
 */
import { z } from 'zod';
import { unknownAnswer } from '../api/errors';
import { type SortPlan, sortPlan, type SortReport, sortReport, type TaskDetail } from '../api/schemas';
import type { Follower } from './follower';
import type { Progress } from './progress';

export interface FollowedSort {
  plan: SortPlan;
  report: SortReport;
  /** The task that made the report. */
  reportId: string;
}

/** @throws OfficeError TASK_FAILED, TASK_CANCELLED, ANSWER_UNKNOWN, and whatever a Follower throws. */
export async function followSort(id: string, follower: Follower, progress: Progress): Promise<FollowedSort> {
  progress.phase('planning: looking for what is new');
  const planned = await follower.succeeded(id);
  const plan = resultOf(planned, sortPlan);
  const reportId = planned.nextId;
  if (reportId === null) throw unknownAnswer(`GET /api/tasks/${id}`, 'a sort without a task that reports on it');

  progress.phase(`sorting: ${plan.fresh} new of the ${plan.found} mails in the folders that have changed`);
  if (plan.proposed > 0) progress.phase(`carrying out ${plan.proposed} moves that dry runs have proposed`);
  await follower.until(id, ({ progress: batch }) => {
    if (batch) progress.step(batch.done, batch.total);
    return !batch || batch.done >= batch.total;
  });

  progress.phase('counting');
  const reported = await follower.succeeded(reportId);
  return { plan, report: resultOf(reported, sortReport), reportId };
}

/**
 * The result of a task, checked.
 *
 * @throws OfficeError ANSWER_UNKNOWN
 */
export function resultOf<Schema extends z.ZodType>({ name, result }: TaskDetail, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(result);
  if (!parsed.success)
    throw unknownAnswer(`the result of ${name}`, z.prettifyError(parsed.error).replaceAll(/\s+/g, ' '));
  return parsed.data;
}
