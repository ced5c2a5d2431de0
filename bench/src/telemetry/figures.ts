import { percentile } from '../run/statistics';
import { type Mode } from './modes';

export interface Figures {
  median: number;
  lowest: number;
  highest: number;
  /** The median, in relation to that with telemetry off. */
  ratio: number;
}

/** @param rates of each kind of run, in the order of the rounds; those with telemetry off are what the others are compared with. */
export function compare(rates: ReadonlyMap<Mode, readonly number[]>): Map<Mode, Figures> {
  const base = percentile(rates.get('off') ?? [], 50);
  return new Map(
    [...rates].map(([mode, of]) => {
      const median = percentile(of, 50);
      return [mode, { median, lowest: Math.min(...of), highest: Math.max(...of), ratio: median / base }];
    }),
  );
}

/** Tasks per second between the moments at which they ended, in milliseconds and in order; the first fifth warms up. */
export function rateOf(ends: readonly number[]): number {
  const counted = ends.slice(Math.floor(ends.length / 5));
  const [first = Number.NaN, last = Number.NaN] = [counted[0], counted.at(-1)];
  return ((counted.length - 1) / (last - first)) * 1000;
}
