import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@sorting-office/db';
import { newTask } from '@sorting-office/tasks';
import { insertRow } from '../programs/insert-row';
import type { Place } from '../run/place';
import { openSender } from '../run/commit-tasks';

/** Tasks handed over together. */
const portion = 200;
/** How many may wait: enough for the worker never to be idle, and few enough for none to wait long. */
const mostWaiting = 600;
const lookMs = 100;

/**
 * Hands over tasks for a time, as fast as they are done, and waits for the last of them.
 *
 * @returns how many
 */
export async function streamTasks(place: Place, ms: number): Promise<number> {
  const { database, accountId } = place;
  const sender = await openSender(place);
  const end = performance.now() + ms;
  let sent = 0;
  for (let left = 0; left > 0 || performance.now() < end;) {
    for (; left < mostWaiting && performance.now() < end; left += portion, sent += portion) {
      const numbers = Array.from({ length: portion }, (_, index) => sent + index);
      await sender.send(numbers.map((n) => newTask(insertRow, { n }, { accountId, traceContext: null })));
    }
    await sleep(lookMs);
    left = await waiting(database);
  }
  await sender.close();
  return sent;
}

/** Tasks that have not ended, by the index `tasks_state`. */
async function waiting(database: Database): Promise<number> {
  const [row] = await database.read((db) =>
    db.rows<{ count: number }>(`SELECT COUNT(*) AS count FROM tasks WHERE state = 'queued'`),
  );
  return row?.count ?? 0;
}
