import { percentile } from '../mail-search/percentiles';
import { type Mode } from './modes';

export interface Figures {
  /** Tasks per second. */
  median: number;
  lowest: number;
  highest: number;
  /** The median, measured by that with telemetry off. */
  ratio: number;
}

export function compare(rates: Record<Mode, readonly number[]>): Record<Mode, Figures> {
  const base = percentile(rates.off, 50);
  const of = (mode: Mode): Figures => {
    const median = percentile(rates[mode], 50);
    return { median, lowest: Math.min(...rates[mode]), highest: Math.max(...rates[mode]), ratio: median / base };
  };
  return { off: of('off'), metrics: of('metrics'), traces: of('traces') };
}

/** Tasks per second between the moments at which they ended, in milliseconds and in order; the first fifth warms up. */
export function rateOf(ends: readonly number[]): number {
  const counted = ends.slice(Math.floor(ends.length / 5));
  const [first = Number.NaN, last = Number.NaN] = [counted[0], counted.at(-1)];
  return ((counted.length - 1) / (last - first)) * 1000;
}
