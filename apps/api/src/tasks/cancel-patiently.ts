import { setTimeout as sleep } from 'node:timers/promises';
import { type CancelOutcome, cancelTask, type Database } from '@sorting-office/db';

/** How often a task that somebody holds is looked at, and the pause in between, in milliseconds. */
const looks = 10;
const pauseMs = 100;

/**
 * Cancels a task that waits. Whoever holds it is asked to stop, and it is looked at again for about a second: it may be a relay
 * that publishes it, and lets go in a moment, and a worker may stop at once.
 *
 * @param ask asks whichever worker runs it to stop.
 */
export async function cancelPatiently(database: Database, id: string, ask: () => void): Promise<CancelOutcome> {
  for (let left = looks - 1; ; left--) {
    const cancelled = await database.transaction((db) => cancelTask(db, id));
    if (cancelled.outcome !== 'running') return cancelled;
    ask();
    if (left === 0) return cancelled;
    await sleep(pauseMs);
  }
}
