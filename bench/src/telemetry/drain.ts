import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@sorting-office/db';
import { loadTasks, newTask } from '@sorting-office/tasks';
import { publish } from '../run/publish';
import { rateOf } from './figures';
import { type Mode, oneIn } from './modes';
import { type Measured, type Place, traceOf, withWorker } from './worker';

/**
 * Has a worker do so many tasks that wait for it, each enqueued in a trace of its own, and says how fast it was. They are the lightest
 * there are: `index_mails` of a mailbox where there is nothing to index. The lighter the task, the more telemetry weighs.
 */
export async function drain(place: Place, mode: Mode, tasks: number): Promise<Measured> {
  const { database } = place;
  const light = (await loadTasks()).get('index_mails');
  const rows = Array.from({ length: tasks }, (_, number) =>
    newTask(
      light,
      { mailboxId: place.mailbox.id },
      { accountId: place.mailbox.accountId, traceContext: traceOf(number, oneIn(mode)) },
    ),
  );
  await publish(place, rows);
  const ids = rows.map(({ id }) => id).sort();
  return withWorker(place, mode, async (usedMs) => {
    const { ends, cpuMs } = await whenEnded(database, { first: ids[0] ?? '', last: ids.at(-1) ?? '' }, usedMs);
    return { perSecond: rateOf(ends), cpuMs };
  });
}

interface Range {
  first: string;
  last: string;
}

/**
 * When each task has ended, in milliseconds since 1970 and in order, once all have; and what one has taken of a processor, from when
 * a fifth had ended.
 */
async function whenEnded(
  database: Database,
  { first, last }: Range,
  usedMs: () => number,
): Promise<{ ends: number[]; cpuMs: number }> {
  let warm: { ended: number; usedMs: number } | null = null;
  for (;;) {
    await sleep(250);
    const rows = await database.read((db) =>
      db.rows<{ at: number; state: string }>(
        `SELECT state, UNIX_TIMESTAMP(finished_at) * 1e3 AS at FROM tasks WHERE id BETWEEN ? AND ? ORDER BY finished_at`,
        [first, last],
      ),
    );
    const failed = rows.find(({ state }) => state !== 'queued' && state !== 'succeeded');
    if (failed) throw new Error(`a task is ${failed.state}: there is nothing to measure`);
    const now = { ended: rows.filter(({ state }) => state === 'succeeded').length, usedMs: usedMs() };
    if (warm === null && now.ended >= rows.length / 5) warm = now;
    if (warm && now.ended === rows.length)
      return { ends: rows.map(({ at }) => at), cpuMs: (now.usedMs - warm.usedMs) / (now.ended - warm.ended) };
  }
}
