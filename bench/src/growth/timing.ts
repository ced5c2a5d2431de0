import { latencyOf, type Latency } from '../run/statistics';

/** Times work that is done again and again, in milliseconds; the first tenth warms up. */
export async function timed(times: number, work: (turn: number) => Promise<unknown>): Promise<Latency> {
  const warmUp = Math.ceil(times / 10);
  const taken: number[] = [];
  for (let turn = 0; turn < times + warmUp; turn++) {
    const started = performance.now();
    await work(turn);
    if (turn >= warmUp) taken.push(performance.now() - started);
  }
  return latencyOf(taken);
}
