import type { Contender } from '../contenders/contender';
import type { Drained } from '../contenders/drain';
import { ours } from '../contenders/ours';
import type { Peer } from './peer';
import type { PeerServers } from './servers/start';

/** How ours is called among the figures. */
export const oursKey = 'ours';

/** Tasks that ours is given. */
const oursTasks = 10_000;

/** One who takes part at one concurrency, and what it has done so far. */
export interface Entrant {
  readonly key: string;
  readonly concurrency: number;
  readonly tasks: number;
  /** How many times as fast as it we have to be, whatever it promises. */
  readonly goal: number | undefined;
  readonly open: () => Promise<Contender>;
  readonly runs: Drained[];
  /** As the contender says, once it has been opened. */
  name: string;
  atomic: boolean;
}

/**
 * We, and all peers who are measured at a concurrency.
 *
 * @param share of the tasks of a full run
 */
export function entrantsAt(concurrency: number, present: readonly Peer[], on: PeerServers, share: number): Entrant[] {
  const entrant = (key: string, tasks: number, open: () => Promise<Contender>, goal?: number): Entrant => ({
    ...{ key, concurrency, tasks: Math.ceil(tasks * share), goal, open, runs: [], name: key, atomic: false },
  });
  const others = present.flatMap(({ key, loads, open, goal }) => {
    const tasks = loads[concurrency];
    return tasks === undefined ? [] : [entrant(key, tasks, () => open(on), goal)];
  });
  return [entrant(oursKey, oursTasks, () => ours(on.servers)), ...others];
}
