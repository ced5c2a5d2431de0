/**
 * Takes moves back: plans for each the move in the other direction, from where it has put the mail to where that was before.
 *
 * ```
 *   undo --> apply_actions --+
 *     |  \-> apply_actions --+--> undo_report
 *     +-- nothing to undo ------> undo_report
 * ```
 *
 * A mail that is no longer where the move had put it has been moved by somebody else, who is not overruled: apply_actions leaves it
 * there. A mail that has been put back is stored already, so that no later sort files it again.
 */
import { Action, Mail, newId, type UnitOfWork } from '@sorting-office/db';
import { mailRefSchema } from '@sorting-office/mail';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineTask } from '../define/define-task';
import { done, retryLater } from '../define/outcome';
import { call, type TaskIdentity } from '../define/task-context';
import { TaskFailure } from '../define/task-failure';
import { actionsPerTask, chunks, rowsPerStatement } from '../mailboxes/chunks';
import { findMailbox } from '../mailboxes/open-mailbox';
import { carriersOf, findRun, isUnderWay, takeOver } from '../mailboxes/runs';
import { selectMoves, selectorsOf, type UndoSelector, undoSelector } from '../mailboxes/undo-selection';
import applyActions from './apply-actions.task';
import undoReport from './undo-report.task';

/** Pause before looking again whether a run has ended, in milliseconds. */
const lookAgainMs = 2000;

export default defineTask({
  name: 'undo',
  description: 'Put mails back where they were before they were filed: one mail, all of a sender, or all of a run',
  payload: z
    .object({ mailboxId: z.uuid(), ...undoSelector })
    .refine((selector) => selectorsOf(selector).length === 1, 'name exactly one of mailId, from and runId'),
  result: z.object({
    mailboxId: z.uuid(),
    planned: z.int().meta({ description: 'Moves that are now taken back' }),
    alreadyUndone: z.int().meta({ description: 'Moves that had been taken back before' }),
    underWay: z.int().meta({ description: 'Moves that another undo is taking back' }),
  }),
  queue: 'default',
  timeLimitSeconds: 300,
  unique: (selector) =>
    createHash('sha256')
      .update(JSON.stringify([selector.mailboxId, selector.mailId, selector.from, selector.runId]))
      .digest('hex'),

  async run(selector, { db, task, openBatch }) {
    const { mailboxId, runId } = selector;
    await assertThere(db, selector, task);
    // What a run has not moved yet would escape.
    for (const carrier of runId === undefined ? [] : await carriersOf(db, runId))
      if (await isUnderWay(db, carrier))
        return retryLater(lookAgainMs, `the run ${carrier} has not ended: wait for it, or cancel it`);

    const moves = await selectMoves(db, selector);
    const { open, left, underWay } = await withoutReversed(
      db,
      moves.filter(({ state }) => state === 'done'),
      task.id,
    );
    const reverse = open.map((move) => reverseOf(move, task.id));
    await db.insertAll(Action, reverse);
    const planned = [...left, ...reverse.map(({ id }) => id)];
    const alreadyUndone = moves.filter(({ state }) => state === 'undone').length;
    const batchId = newId();
    await openBatch({
      id: batchId,
      children: chunks(planned, actionsPerTask).map((actionIds) => call(applyActions, { mailboxId, actionIds })),
      continuation: { task: undoReport, payload: { mailboxId, runId: task.id, batchId, alreadyUndone, underWay } },
    });
    return done({ mailboxId, planned: planned.length, alreadyUndone, underWay });
  },
});

/** @throws TaskFailure MAILBOX_UNKNOWN, MAIL_UNKNOWN, RUN_UNKNOWN */
async function assertThere(db: UnitOfWork, { mailboxId, mailId, runId }: UndoSelector, { accountId }: TaskIdentity) {
  await findMailbox(db, accountId, mailboxId);
  if (runId !== undefined) await findRun(db, { accountId, mailboxId, runId });
  if (mailId !== undefined && !(await db(Mail).findOne({ id: mailId, mailbox_id: mailboxId })))
    throw new TaskFailure('MAIL_UNKNOWN', `there is no mail ${mailId} in this mailbox`);
}

/** Tells the moves that nobody takes back yet from those with a reverse move planned, which is carried on where its undo has ended. */
async function withoutReversed(db: UnitOfWork, moves: readonly Action[], runId: string) {
  const planned: Action[] = [];
  for (const part of chunks(moves, rowsPerStatement)) {
    const ids = part.map(({ id }) => id);
    planned.push(
      ...(await db(Action).select('id', 'run_id', 'undoes').whereIn('undoes', ids).where({ state: 'planned' })),
    );
  }
  const left = await takeOver(db, planned, runId);
  const reversed = new Set(planned.map(({ undoes }) => undoes));
  return { open: moves.filter(({ id }) => !reversed.has(id)), left, underWay: planned.length - left.length };
}

function reverseOf({ id, account_id, mailbox_id, mail_id, from_folder, to_folder, prior }: Action, runId: string) {
  return {
    id: newId(),
    account_id,
    mailbox_id,
    mail_id,
    run_id: runId,
    undoes: id,
    kind: 'move' as const,
    from_folder: to_folder,
    to_folder: from_folder,
    state: 'planned' as const,
    // Its name there may have changed with its flags: the key finds it, and a move keeps the flags that it has by then.
    prior: { ...mailRefSchema.parse(prior), folder: to_folder },
  };
}
