import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, Mailbox, newId } from '@sorting-office/db';
import { makeSampleMailbox } from '@sorting-office/stack';
import { loadTasks, newTask } from '@sorting-office/tasks';
import { publish } from '../run/publish';
import type { Mode } from './modes';
import { type Measured, type Place, traceOf, withWorker } from './worker';

/** Has a worker sort so many mails of the sample, all of it in one trace, and says how fast it was: from the end of the plan to that of the report. */
export async function sort(place: Place, mode: Mode, mails: number): Promise<Measured> {
  const { database } = place;
  const { accountId } = place.mailbox;
  const folder = await mkdtemp(join(tmpdir(), 'bench-sort-'));
  try {
    const location = join(folder, 'Maildir');
    await makeSampleMailbox(location, { limit: mails });
    const id = newId();
    const mailbox = { id, account_id: accountId, name: id, kind: 'maildir' as const, location };
    await database.transaction((db) =>
      db(Mailbox).insert({ ...mailbox, addresses: [], folders: {}, scan_cursor: null }),
    );
    const plan = newTask(
      (await loadTasks()).get('background_sort'),
      { mailboxId: id },
      { accountId, traceContext: traceOf(0) },
    );
    await publish(place, [plan]);
    return await withWorker(place, mode, async (usedMs) => {
      const begun = await whenEnded(database, plan.id, 'background_sort', usedMs);
      const ended = await whenEnded(database, plan.id, 'sort_report', usedMs);
      return {
        perSecond: (mails / (ended.at - begun.at)) * 1000,
        cpuMs: (ended.usedMs - begun.usedMs) / mails,
      };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** When a task of a family has ended, in milliseconds since 1970, and what had been used of the processors then. */
async function whenEnded(database: Database, root: string, name: string, usedMs: () => number) {
  for (;;) {
    const [task] = await database.read((db) =>
      db.rows<{ at: number; state: string }>(
        `SELECT state, UNIX_TIMESTAMP(finished_at) * 1e3 AS at FROM tasks WHERE root_id = ? AND name = ? AND finished_at IS NOT NULL`,
        [root, name],
      ),
    );
    if (task && task.state !== 'succeeded') throw new Error(`${name} is ${task.state}: there is nothing to measure`);
    if (task) return { at: task.at, usedMs: usedMs() };
    await sleep(50);
  }
}
