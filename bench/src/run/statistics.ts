/** The value that so many percent of all are not above; NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** What the runs of one kind came to. */
export interface Summary {
  median: number;
  lowest: number;
  highest: number;
}

/** @param values at least one */
export function summarize(values: readonly number[]): Summary {
  return { median: percentile(values, 50), lowest: Math.min(...values), highest: Math.max(...values) };
}

/** How long things took, in milliseconds. */
export interface Latency {
  p50: number;
  p95: number;
  p99: number;
}

export const latencyOf = (times: readonly number[]): Latency => ({
  p50: percentile(times, 50),
  p95: percentile(times, 95),
  p99: percentile(times, 99),
});

/**
 * How many things a second were done between the moments at which they were, in milliseconds and in any order: without the first fifth,
 * which warms up, and the last twentieth, in which fewer and fewer are under way.
 */
export function rateOf(moments: readonly number[]): number {
  const sorted = [...moments].sort((a, b) => a - b);
  const counted = sorted.slice(Math.floor(sorted.length / 5), Math.ceil(sorted.length * 0.95));
  const [first = Number.NaN, last = Number.NaN] = [counted[0], counted.at(-1)];
  return ((counted.length - 1) / (last - first)) * 1000;
}
