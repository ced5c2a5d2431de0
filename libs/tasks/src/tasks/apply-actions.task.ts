/**
 * Carries out planned actions. Moving a mail is an effect outside of the database, so it is one that can be repeated: should the
 * transaction be lost after the mail has moved, the next attempt finds it there and counts it as done. A mail that is not where its
 * action expects it has been moved by somebody else, and is left to them.
 */
import { Action, Mail, type UnitOfWork } from '@sorting-office/db';
import { MailError, mailRefSchema, type MailStore } from '@sorting-office/mail';
import pLimit from 'p-limit';
import { z } from 'zod';
import { defineTask } from '../define/define-task';
import { done } from '../define/outcome';
import { findMailbox, openStore } from '../mailboxes/open-mailbox';

/** Moves under way at a time: they share the store's syncs. */
const movesAtOnce = 16;

interface Outcome {
  state: 'done' | 'skipped' | 'failed';
  reason: string | null;
  /** Where the mail is now, as far as that was seen. */
  folder: string | null;
}

export default defineTask({
  name: 'apply_actions',
  description: 'Carry out planned actions; enqueued by those that plan them',
  payload: z.object({ mailboxId: z.uuid(), actionIds: z.array(z.uuid()).max(200) }),
  result: z.object({ done: z.int(), skipped: z.int(), failed: z.int() }),
  queue: 'bulk',
  internal: true,
  timeLimitSeconds: 300,

  async run({ mailboxId, actionIds }, { db, task, signal, mailboxRoot }) {
    const mailbox = await findMailbox(db, task.accountId, mailboxId);
    const store = await openStore(mailbox, { mailboxRoot });
    const planned = await db(Action)
      .whereIn('id', actionIds)
      .where({ mailbox_id: mailboxId, state: 'planned' })
      .orderBy('id')
      .forUpdate();

    const limit = pLimit(movesAtOnce);
    const outcomes = new Map(
      await Promise.all(
        planned.map((action) =>
          limit(async () => {
            signal.throwIfAborted();
            return [action, await carryOut(store, action)] as const;
          }),
        ),
      ),
    );
    await noteOutcomes(db, outcomes);
    await noteUndone(db, outcomes);
    await noteFolders(db, outcomes);
    const count = (state: Outcome['state']) =>
      [...outcomes.values()].filter((outcome) => outcome.state === state).length;
    return done({ done: count('done'), skipped: count('skipped'), failed: count('failed') });
  },
});

async function carryOut(store: MailStore, { prior, to_folder }: Action): Promise<Outcome> {
  try {
    const result = await store.move(mailRefSchema.parse(prior), to_folder);
    switch (result.outcome) {
      case 'moved':
      case 'already_there':
        return { state: 'done', reason: null, folder: to_folder };
      case 'gone': {
        const drift = result.foundIn === null ? 'deleted' : 'moved';
        const found = result.foundIn === null ? 'it is nowhere in the mailbox' : `it is in ${result.foundIn}`;
        return { state: 'skipped', reason: `${drift} since by somebody else: ${found}`, folder: result.foundIn };
      }
      case 'conflict':
        return { state: 'failed', reason: result.reason, folder: null };
    }
  } catch (error) {
    if (!(error instanceof MailError) || error.code === 'MAIL_BUSY') throw error;
    return { state: 'failed', reason: error.message, folder: null };
  }
}

/** One statement for each different outcome, of which there are few. */
async function noteOutcomes(db: UnitOfWork, outcomes: ReadonlyMap<Action, Outcome>): Promise<void> {
  const keyOf = ({ state, reason }: Outcome) => JSON.stringify({ state, reason });
  for (const [key, actions] of groups(outcomes, keyOf)) {
    const { state, reason } = JSON.parse(key) as Outcome;
    await db(Action)
      .patch({ state, reason: reason?.slice(0, 512) ?? null, finished_at: new Date() })
      .whereIn(
        'id',
        actions.map(({ id }) => id),
      );
  }
}

/** What has been taken back is no longer done. */
async function noteUndone(db: UnitOfWork, outcomes: ReadonlyMap<Action, Outcome>): Promise<void> {
  const undone = [...outcomes].flatMap(([{ undoes }, { state }]) =>
    state === 'done' && undoes !== null ? undoes : [],
  );
  if (undone.length > 0) await db(Action).patch({ state: 'undone' }).whereIn('id', undone);
}

/** One statement for each folder. */
async function noteFolders(db: UnitOfWork, outcomes: ReadonlyMap<Action, Outcome>): Promise<void> {
  for (const [folder, actions] of groups(outcomes, (outcome) => outcome.folder)) {
    if (folder === null) continue;
    await db(Mail)
      .patch({ folder })
      .whereIn(
        'id',
        actions.map(({ mail_id }) => mail_id),
      );
  }
}

function groups<Key>(outcomes: ReadonlyMap<Action, Outcome>, keyOf: (outcome: Outcome) => Key): Map<Key, Action[]> {
  const grouped = new Map<Key, Action[]>();
  for (const [action, outcome] of outcomes)
    grouped.set(keyOf(outcome), [...(grouped.get(keyOf(outcome)) ?? []), action]);
  return grouped;
}
