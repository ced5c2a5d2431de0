import { constants, setPriority } from 'node:os';
import type { TaskQueue } from '@sorting-office/db';

/**
 * Has the processors do first what somebody waits for, where this worker takes bulk work alone: on a busy machine an API, a search and
 * the servers go before it, and when nobody wants anything it has all that is there.
 */
export function giveWay(queues: readonly TaskQueue[]): void {
  if (queues.every((queue) => queue === 'bulk')) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
