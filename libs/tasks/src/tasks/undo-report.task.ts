/** Counts what an undo has put back, once all of it has ended, and names what it has left alone. */
import { z } from 'zod';
import { defineTask } from '../define/define-task';
import { done } from '../define/outcome';
import { cases, endsOfBatch, summary } from '../mailboxes/cases';
import { findMailbox } from '../mailboxes/open-mailbox';

interface LeftAlone {
  key: string;
  from_address: string;
  subject: string;
  state: string;
  reason: string | null;
}

export default defineTask({
  name: 'undo_report',
  description: 'Count what an undo has put back; enqueued by undo',
  payload: z.object({
    mailboxId: z.uuid(),
    runId: z.uuid(),
    batchId: z.uuid(),
    alreadyUndone: z.int(),
    underWay: z.int(),
  }),
  result: z.object({
    mailboxId: z.uuid(),
    runId: z.uuid().meta({ description: 'The undo' }),
    undone: z.int().meta({ description: 'Mails that are back where they were' }),
    restored: z.record(z.string(), z.int()).meta({ description: 'How many of them in each folder' }),
    alreadyUndone: z.int().meta({ description: 'Moves that had been taken back before' }),
    underWay: z.int().meta({ description: 'Moves that another undo was taking back' }),
    drifted: cases.meta({ description: 'Mails that somebody else has moved or deleted since: left alone' }),
    conflicts: cases.meta({
      description: 'Mails that could not be put back, such as for another one of the same name there',
    }),
    failed: cases.meta({ description: 'Tasks that failed, with their mails: the same undo again carries on' }),
  }),
  queue: 'default',
  internal: true,

  async run({ mailboxId, runId, batchId, alreadyUndone, underWay }, { db, task }) {
    await findMailbox(db, task.accountId, mailboxId);
    const restored = await db.rows<{ name: string; count: number }>(
      `SELECT to_folder AS name, COUNT(*) AS count FROM actions WHERE run_id = ? AND state = 'done' GROUP BY to_folder`,
      [runId],
    );
    const leftAlone = await db.rows<LeftAlone>(
      `SELECT m.store_key AS \`key\`, m.from_address, m.subject, a.state, a.reason
       FROM actions a JOIN mails m ON m.id = a.mail_id WHERE a.run_id = ? AND a.state IN ('skipped', 'failed') ORDER BY a.id`,
      [runId],
    );
    const named = (state: string) =>
      summary(
        leftAlone.filter((one) => one.state === state).map((one) => ({ what: nameOf(one), reason: one.reason ?? '' })),
      );
    return done({
      mailboxId,
      runId,
      undone: restored.reduce((sum, { count }) => sum + count, 0),
      restored: Object.fromEntries(restored.map(({ name, count }) => [name, count])),
      alreadyUndone,
      underWay,
      drifted: named('skipped'),
      conflicts: named('failed'),
      failed: summary((await endsOfBatch(db, batchId)).failed),
    });
  },
});

/** What its owner knows a mail by. */
const nameOf = ({ key, from_address, subject }: LeftAlone): string =>
  subject === '' && from_address === '' ? key : `"${subject}" from ${from_address || 'nobody'}`;
