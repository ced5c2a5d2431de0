/** Counts what a run has done, once all of it has ended, and moves the mailbox's cursor on when nothing was left behind. */
import { Mailbox, type UnitOfWork } from '@sorting-office/db';
import { z } from 'zod';
import { defineTask } from '../define/define-task';
import { done } from '../define/outcome';
import { cases, endsOfBatch, summary } from '../mailboxes/cases';
import { findMailbox } from '../mailboxes/open-mailbox';

const counts = z.record(z.string(), z.int());

export default defineTask({
  name: 'sort_report',
  description: 'Count what a sort or an applied plan has done; enqueued by background_sort and apply_plan',
  payload: z.object({
    mailboxId: z.uuid(),
    runId: z.uuid(),
    batchId: z.uuid(),
    dryRun: z.boolean(),
    skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
  }),
  result: z.object({
    mailboxId: z.uuid(),
    runId: z.uuid(),
    dryRun: z.boolean(),
    mails: z.int().meta({ description: 'Mails that this run has stored, each with one verdict' }),
    categories: counts.meta({ description: 'How many of them in each category' }),
    actions: counts.meta({ description: 'Actions by state: proposed, planned, done, skipped, failed, undone' }),
    moved: counts.meta({ description: 'Mails moved, or to be moved, into each folder' }),
    unreadable: cases.meta({
      description: 'Mails that could not be read or parsed in full: stored, and left for review',
    }),
    skipped: cases.meta({ description: 'What was passed over: not a mail, or gone before it could be read or moved' }),
    failed: cases.meta({
      description: 'What went wrong: tasks that failed, with their mails, and actions that could not be carried out',
    }),
  }),
  queue: 'default',
  internal: true,

  async run({ mailboxId, runId, batchId, dryRun, skipped: passedOver }, { db, task }) {
    const mailbox = await findMailbox(db, task.accountId, mailboxId);
    const categories = await countBy(
      db,
      'SELECT category AS name, COUNT(*) AS count FROM verdicts WHERE run_id = ? GROUP BY category',
      runId,
    );
    const actions = await countBy(
      db,
      'SELECT state AS name, COUNT(*) AS count FROM actions WHERE run_id = ? GROUP BY state',
      runId,
    );
    const moved = await countBy(
      db,
      `SELECT to_folder AS name, COUNT(*) AS count FROM actions WHERE run_id = ? AND state IN ('proposed', 'planned', 'done') GROUP BY to_folder`,
      runId,
    );
    const unreadable = await db.rows<{ what: string; reason: string }>(
      `SELECT m.store_key AS what, JSON_UNQUOTE(JSON_EXTRACT(m.problems, '$[0]')) AS reason
       FROM verdicts v JOIN mails m ON m.id = v.mail_id WHERE v.run_id = ? AND JSON_LENGTH(m.problems) > 0 ORDER BY m.id`,
      [runId],
    );
    const ends = await endsOfBatch(db, batchId);
    const notMoved = await db.rows<{ what: string; state: string; reason: string }>(
      `SELECT m.store_key AS what, a.state, a.reason FROM actions a JOIN mails m ON m.id = a.mail_id
       WHERE a.run_id = ? AND a.state IN ('skipped', 'failed') ORDER BY a.id`,
      [runId],
    );
    const inState = (state: string) => notMoved.filter((action) => action.state === state);

    if (ends.failed.length === 0) await moveCursor(db, mailbox, runId);
    return done({
      mailboxId,
      runId,
      dryRun,
      mails: Object.values(categories).reduce((sum, count) => sum + count, 0),
      categories,
      actions,
      moved,
      unreadable: summary(unreadable),
      skipped: summary([
        ...passedOver.map(({ path, reason }) => ({ what: path, reason })),
        ...ends.skipped,
        ...inState('skipped'),
      ]),
      failed: summary([...ends.failed, ...inState('failed')]),
    });
  },
});

async function countBy(db: UnitOfWork, sql: string, runId: string): Promise<Record<string, number>> {
  const rows = await db.rows<{ name: string; count: number }>(sql, [runId]);
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

async function moveCursor(db: UnitOfWork, { id, scan_pending }: Mailbox, runId: string): Promise<void> {
  const pending = z.object({ runId: z.uuid(), cursor: z.unknown() }).safeParse(scan_pending);
  // A later sort has read further: the cursor is that one's to move.
  if (!pending.success || pending.data.runId !== runId) return;
  await db(Mailbox).patch({ scan_cursor: pending.data.cursor, scan_pending: null }).where({ id });
}
