/**
 * A run is a task that has actions carried out, and they bear its id.
 *
 * ```
 *   background_sort (dry)          proposed    run_id = the dry run
 *        | adopted by
 *   background_sort, apply_plan    planned     run_id = the run that adopts,  proposed_by = the dry run
 *        | undone by
 *   undo                           planned     run_id = the undo,  undoes = the action that it takes back
 * ```
 */
import { Action, Batch, Task, type UnitOfWork } from '@sorting-office/db';
import { TaskFailure } from '../define/task-failure';
import { chunks, rowsPerStatement } from './chunks';

interface WantedRun {
  accountId: string;
  mailboxId: string;
  runId: string;
}

const runNames = ['background_sort', 'apply_plan'];

/**
 * Finds a run that has filed mails of a mailbox, or proposed to.
 *
 * @throws TaskFailure RUN_UNKNOWN
 */
export async function findRun(db: UnitOfWork, { accountId, mailboxId, runId }: WantedRun): Promise<Task> {
  const run = await db(Task).findOne({ id: runId, account_id: accountId });
  if (!run || !runNames.includes(run.name) || (run.payload as { mailboxId: string }).mailboxId !== mailboxId)
    throw new TaskFailure(
      'RUN_UNKNOWN',
      `${runId} is no run of this mailbox: a run is a task named ${runNames.join(' or ')}, and its report says its id`,
    );
  return run;
}

/**
 * Whether a run may still carry out some of its actions, or has yet to report on them: its batch and the continuation of that.
 * Three statements, each by an id.
 */
export async function isUnderWay(db: UnitOfWork, runId: string): Promise<boolean> {
  const isQueued = async (id: string) => (await db(Task).select('state').findById(id))?.state === 'queued';
  if (await isQueued(runId)) return true;
  const batch = await db(Batch).findOne({ task_id: runId });
  if (!batch || batch.cancelled_at !== null) return false;
  return batch.finished_at === null || (await isQueued((batch.continuation as { id: string }).id));
}

/**
 * Makes proposals, which the caller has locked, actions of a run. They keep what has proposed them.
 * A statement for each thousand, by primary key.
 */
export async function adoptProposals(db: UnitOfWork, ids: readonly string[], runId: string): Promise<void> {
  for (const part of chunks(ids, rowsPerStatement)) {
    // MySQL assigns from left to right: proposed_by gets the former run.
    await db.execute(
      `UPDATE actions SET proposed_by = run_id, run_id = ?, state = 'planned' WHERE id IN (${part.map(() => '?').join(', ')})`,
      [runId, ...part],
    );
  }
}

/** The runs that carry out what a run has planned or proposed: itself, and those that have adopted some of it and not carried out yet. */
export async function carriersOf(db: UnitOfWork, runId: string): Promise<string[]> {
  const adopters = await db(Action).distinct('run_id').where({ proposed_by: runId, state: 'planned' });
  return [runId, ...adopters.map(({ run_id }) => run_id)];
}

/**
 * Gives a run those of some planned actions that their own run has ended without carrying out: its tasks have failed or were
 * cancelled. Should one of those tasks be replayed meanwhile, whichever comes first carries out the action. Returns their ids; the
 * others are being carried out.
 */
export async function takeOver(
  db: UnitOfWork,
  planned: readonly Pick<Action, 'id' | 'run_id'>[],
  runId: string,
): Promise<string[]> {
  const taken: string[] = [];
  for (const former of new Set(planned.map(({ run_id }) => run_id))) {
    if (await isUnderWay(db, former)) continue;
    taken.push(...planned.filter(({ run_id }) => run_id === former).map(({ id }) => id));
  }
  for (const part of chunks(taken, rowsPerStatement)) await db(Action).patch({ run_id: runId }).whereIn('id', part);
  return taken;
}
