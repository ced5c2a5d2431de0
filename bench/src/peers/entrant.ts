import type { Contender } from '../contenders/contender';
import type { Drained } from '../contenders/drain';

/** How ours is called among the figures. */
export const oursKey = 'ours';

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
