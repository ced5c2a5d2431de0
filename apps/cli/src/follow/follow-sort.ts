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
import { OfficeError } from '../errors';
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
  return followBatch(id, follower, progress, {
    plan: sortPlan,
    report: sortReport,
    onPlan: ({ fresh, found, proposed }) => {
      progress.phase(`sorting: ${fresh} new of the ${found} mails in the folders that have changed`);
      if (proposed > 0) progress.phase(`carrying out ${proposed} moves that dry runs have proposed`);
    },
  });
}

export interface Batched<Plan extends z.ZodType, Report extends z.ZodType> {
  /** The result of the task that opens the batch. */
  readonly plan: Plan;
  /** The result of the task that goes on from it. */
  readonly report: Report;
  readonly onPlan: (plan: z.output<Plan>) => void;
}

/**
 * Follows any task that opens a batch and has a report to come after it.
 *
 * @throws OfficeError as {@link followSort}.
 */
export async function followBatch<Plan extends z.ZodType, Report extends z.ZodType>(
  id: string,
  follower: Follower,
  progress: Progress,
  { plan: planSchema, report: reportSchema, onPlan }: Batched<Plan, Report>,
): Promise<{ plan: z.output<Plan>; report: z.output<Report>; reportId: string }> {
  const planned = await follower.succeeded(id);
  const plan = resultOf(planned, planSchema);
  const reportId = planned.nextId;
  if (reportId === null)
    throw unknownAnswer(`GET /api/tasks/${id}`, `${planned.name} without a task that reports on it`);

  onPlan(plan);
  await follower.until(id, ({ progress: batch }) => {
    if (batch) progress.step(batch.done, batch.total);
    return !batch || batch.done >= batch.total;
  });

  progress.phase('counting');
  const reported = await follower.succeeded(reportId);
  return { plan, report: resultOf(reported, reportSchema), reportId };
}

/**
 * What ends the following of a task does not end the task, unless that has ended itself.
 *
 * @param what how a sentence about it begins: `The sort`.
 */
export function goesOn(error: unknown, what: string, id: string): unknown {
  if (!(error instanceof OfficeError) || !['INTERRUPTED', 'API_UNREACHABLE'].includes(error.code)) return error;
  return error.withHint(`${what} goes on in the background: \`office tasks show ${id}\` shows how far it is.`);
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
