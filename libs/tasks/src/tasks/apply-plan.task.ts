/**
 * Carries out what one dry run has proposed, exactly that and nothing else: folders as they were decided then, no mail that has
 * come since.
 *
 * ```
 *   apply_plan --> apply_actions --+
 *        |    \--> apply_actions --+--> sort_report
 *        +-- nothing is left ---------> sort_report
 * ```
 */
import { Action, newId, type UnitOfWork } from '@sorting-office/db';
import { z } from 'zod';
import { defineTask } from '../define/define-task';
import { done, retryLater } from '../define/outcome';
import { call } from '../define/task-context';
import { TaskFailure } from '../define/task-failure';
import { actionsPerTask, chunks } from '../mailboxes/chunks';
import { findMailbox } from '../mailboxes/open-mailbox';
import { adoptProposals, findRun, isUnderWay, takeOver } from '../mailboxes/runs';
import applyActions from './apply-actions.task';
import sortReport from './sort-report.task';

/** Pause before looking again whether the dry run has ended, in milliseconds. */
const lookAgainMs = 2000;

export default defineTask({
  name: 'apply_plan',
  description: 'Carry out exactly what a dry run has proposed',
  payload: z.object({
    mailboxId: z.uuid(),
    runId: z.uuid().meta({ description: 'The dry run: the id of its background_sort task' }),
  }),
  result: z.object({
    mailboxId: z.uuid(),
    planId: z.uuid().meta({ description: 'The dry run' }),
    planned: z.int().meta({ description: 'Actions that are now carried out; 0 when none of the plan is left' }),
    before: z.int().meta({ description: 'Actions of the plan that other runs have adopted before' }),
  }),
  queue: 'default',
  timeLimitSeconds: 300,
  unique: ({ mailboxId, runId }) => `${mailboxId} ${runId}`,

  async run({ mailboxId, runId: planId }, { db, task, openBatch }) {
    const { id: runId, accountId } = task;
    await findMailbox(db, accountId, mailboxId);
    const dryRun = await findRun(db, { accountId, mailboxId, runId: planId });
    if ((dryRun.payload as { dryRun?: boolean }).dryRun !== true)
      throw new TaskFailure('RUN_NOT_DRY', `${planId} was no dry run: there is no plan of it that could be applied`);
    if (await isUnderWay(db, planId)) return retryLater(lookAgainMs, `the dry run ${planId} has not ended`);

    const { proposed, adopted } = await planOf(db, planId);
    await adoptProposals(db, proposed, runId);
    const left = [
      ...proposed,
      ...(await takeOver(
        db,
        adopted.filter(({ state }) => state === 'planned'),
        runId,
      )),
    ];
    const batchId = newId();
    await openBatch({
      id: batchId,
      children: chunks(left, actionsPerTask).map((actionIds) => call(applyActions, { mailboxId, actionIds })),
      continuation: { task: sortReport, payload: { mailboxId, runId, batchId, dryRun: false, skipped: [] } },
    });
    const before = proposed.length + adopted.length - left.length;
    return done({ mailboxId, planId, planned: left.length, before });
  },
});

/** What is left of a plan, locked, and what has become of the rest. Two statements, by index. */
async function planOf(db: UnitOfWork, planId: string) {
  const proposals = await db(Action)
    .select('id')
    .where({ run_id: planId, state: 'proposed' })
    .orderBy('id')
    .forUpdate();
  const adopted = await db(Action).select('id', 'run_id', 'state').where({ proposed_by: planId });
  return { proposed: proposals.map(({ id }) => id), adopted };
}
