/**
 * Carries out planned actions. Moving a mail is an effect outside of the database, so it is one that can be repeated: should the
 * transaction be lost after the mail has moved, the next attempt finds it there and counts it as done.
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
}

export default defineTask({
  name: 'apply_actions',
  description: 'Carry out planned actions; enqueued by sort_batch and background_sort',
  payload: z.object({ mailboxId: z.uuid(), actionIds: z.array(z.uuid()).max(200) }),
  result: z.object({ done: z.int(), skipped: z.int(), failed: z.int() }),
  queue: 'bulk',
  internal: true,
  timeLimitSeconds: 300,

  async run({ mailboxId, actionIds }, { db, task, signal }) {
    const mailbox = await findMailbox(db, task.accountId, mailboxId);
    const store = await openStore(mailbox);
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
        return { state: 'done', reason: null };
      case 'gone': {
        const found = result.foundIn === null ? 'it is nowhere in the mailbox' : `it is in ${result.foundIn}`;
        return { state: 'skipped', reason: `somebody has moved or deleted it since: ${found}` };
      }
      case 'conflict':
        return { state: 'failed', reason: result.reason };
    }
  } catch (error) {
    if (!(error instanceof MailError) || error.code === 'MAIL_BUSY') throw error;
    return { state: 'failed', reason: error.message };
  }
}

/** One statement for each different outcome, of which there are few. */
async function noteOutcomes(db: UnitOfWork, outcomes: ReadonlyMap<Action, Outcome>): Promise<void> {
  for (const [key, actions] of groups(outcomes.keys(), (action) => JSON.stringify(outcomes.get(action)))) {
    const { state, reason } = JSON.parse(key) as Outcome;
    await db(Action)
      .patch({ state, reason: reason?.slice(0, 512) ?? null, finished_at: new Date() })
      .whereIn('id', ids(actions));
  }
}

async function noteFolders(db: UnitOfWork, outcomes: ReadonlyMap<Action, Outcome>): Promise<void> {
  const moved = [...outcomes].filter(([, { state }]) => state === 'done').map(([action]) => action);
  for (const [folder, actions] of groups(moved, ({ to_folder }) => to_folder)) {
    await db(Mail)
      .patch({ folder })
      .whereIn(
        'id',
        actions.map(({ mail_id }) => mail_id),
      );
  }
}

const ids = (actions: readonly Action[]) => actions.map(({ id }) => id);

function groups<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const item of items) grouped.set(keyOf(item), [...(grouped.get(keyOf(item)) ?? []), item]);
  return grouped;
}
