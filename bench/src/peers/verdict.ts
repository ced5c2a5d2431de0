/** How many tasks a second somebody does beside us, as medians of runs that took turns. */
export interface Standing {
  /** Names it among the figures. */
  key: string;
  name: string;
  /** Tasks at a time. */
  concurrency: number;
  /** Whether a task ends in the transaction of its row. */
  atomic: boolean;
  /** Our tasks for each of theirs. */
  ratio: number;
  /** How many times as fast as they we have to be, whatever they promise. */
  goal?: number | undefined;
}

/** The goals that were missed, in words. Who promises less may be ahead: what that costs is told in docs/performance.md. */
export function missedGoals(standings: readonly Standing[]): string[] {
  return standings.flatMap(({ name, concurrency, atomic, ratio, goal }) => {
    const needed = goal ?? (atomic ? 1 : 0);
    if (ratio >= needed) return [];
    const times = `${ratio.toFixed(2)} times as many tasks as ${name}, and not ${needed}`;
    return [`at concurrency ${concurrency} the worker does ${times}`];
  });
}
