/**
 * What an undo is of: one mail, all of a sender, or all that a run has moved. For each mail the newest of the moves selected counts,
 * be it done or undone: undoing the same twice takes back no earlier move.
 */
import { Action, Mail, type UnitOfWork } from '@sorting-office/db';
import { z } from 'zod';
import { chunks, rowsPerStatement } from './chunks';

/** Exactly one of three. */
export const undoSelector = {
  mailId: z.uuid().optional().meta({ description: 'One mail' }),
  from: z
    .string()
    .trim()
    .toLowerCase()
    .min(1)
    .max(320)
    .optional()
    .meta({ description: 'The address of a sender: all of their mails', example: 'news@shop.example' }),
  runId: z
    .uuid()
    .optional()
    .meta({ description: 'A run: the sort or applied plan that moved the mails, or the dry run that proposed it' }),
};

export interface UndoSelector {
  mailboxId: string;
  mailId?: string | undefined;
  from?: string | undefined;
  runId?: string | undefined;
}

export const selectorsOf = ({ mailId, from, runId }: Omit<UndoSelector, 'mailboxId'>): string[] =>
  [mailId, from, runId].filter((selector) => selector !== undefined);

/** The newest move of each mail that was carried out and is meant, locked in the order of their ids. */
export async function selectMoves(db: UnitOfWork, selector: UndoSelector): Promise<Action[]> {
  const ids = await candidates(db, selector);
  const newest = new Map<string, Action>();
  for (const part of chunks(ids.sort(), rowsPerStatement)) {
    // Read again under their locks: another undo may have come first.
    const moves = await db(Action).whereIn('id', part).whereIn('state', ['done', 'undone']).orderBy('id').forUpdate();
    for (const move of moves) newest.set(move.mail_id, move);
  }
  return [...newest.values()];
}

/** One statement by an index, two for a run. */
async function candidates(db: UnitOfWork, { mailboxId, mailId, from, runId }: UndoSelector): Promise<string[]> {
  const moves = () =>
    db(Action)
      .select('actions.id')
      .where('actions.mailbox_id', mailboxId)
      .whereNull('actions.undoes')
      .whereIn('actions.state', ['done', 'undone']);
  if (mailId !== undefined) return idsOf(await moves().where({ mail_id: mailId }));
  if (runId !== undefined)
    return idsOf([...(await moves().where({ run_id: runId })), ...(await moves().where({ proposed_by: runId }))]);
  const senders = await db(Mail)
    .select('id')
    .where({ mailbox_id: mailboxId, from_address: from ?? '' });
  const found: string[] = [];
  for (const part of chunks(idsOf(senders), rowsPerStatement))
    found.push(...idsOf(await moves().whereIn('mail_id', part)));
  return found;
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
