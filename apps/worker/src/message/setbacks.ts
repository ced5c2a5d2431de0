import { setTimeout as sleep } from 'node:timers/promises';
import { databaseErrorKind } from '@sorting-office/db';

/** What has gone wrong with one delivery so far that was not its task's fault. */
export class Setbacks {
  conflicts = 0;
  outages = 0;
  schema = 0;

  /** Waits before the next run: at random, up to twice as long each time, at the most two seconds. */
  async pause(signal: AbortSignal): Promise<void> {
    const longest = Math.min(2000, 50 * 2 ** Math.min(this.conflicts + this.outages + this.schema, 10));
    await sleep(longest * Math.random(), undefined, { signal });
  }
}

/**
 * How often a setback of each kind is believed to be somebody else's fault.
 *
 * A conflict goes away with the other transaction, however long that lives. A missing table is somebody else's fault as long as
 * the schema gate agrees: when it has found everything in order three times and the error is still there, the statement is
 * wrong. A statement that costs the connection every time is its author's too.
 */
const patience = { conflicts: 200, outages: 25, schema: 3 };

export type Decision = 'again' | 'close gate' | 'end';

/**
 * Decides what an error calls for: to go on, to wait for the database first, or to end the attempt with it.
 *
 * @param ending whether the attempt's end was being written: then there is nobody else to blame, and patience has no bound.
 */
export function decideOn(error: unknown, setbacks: Setbacks, ending: boolean): Decision {
  const within = (count: number, limit: number) => ending || count <= limit;
  switch (databaseErrorKind(error)) {
    case 'conflict':
      return within(++setbacks.conflicts, patience.conflicts) ? 'again' : 'end';
    case 'unavailable':
      return within(++setbacks.outages, patience.outages) ? 'close gate' : 'end';
    case 'schema':
      return within(++setbacks.schema, patience.schema) ? 'close gate' : 'end';
    case 'other':
      return 'end';
  }
}
