import { pause } from '../process/pause';
import type { Probe } from '../spec/probe';

/**
 * Asks period after period until the signal aborts, and tells each time that a threshold is reached: so many answers
 * of one kind in a row. A healthy or unhealthy verdict is told once until it changes.
 *
 * @param timeScale what delays and periods are multiplied by; timeouts are not
 */
export async function watch(
  probe: Probe,
  ask: () => Promise<boolean>,
  timeScale: number,
  signal: AbortSignal,
  verdict: (healthy: boolean) => void,
): Promise<void> {
  const over = () => signal.aborted;
  let inARow = 0;
  let last: boolean | undefined;
  await pause(probe.initialDelaySeconds * 1000 * timeScale, signal);
  while (!over()) {
    const answer = await ask();
    // What was asked while it was being stopped says nothing of its health.
    if (over()) return;
    inARow = answer === last ? inARow + 1 : 1;
    last = answer;
    if (inARow === (answer ? probe.successThreshold : probe.failureThreshold)) verdict(answer);
    await pause(probe.periodSeconds * 1000 * timeScale, signal);
  }
}
