import { selects } from '../spec/deployment';
import type { DisruptionBudget } from '../spec/disruption-budget';

/** A pod as a budget sees it. One that is being stopped is not ready. */
export interface Candidate {
  readonly labels: Readonly<Record<string, string>>;
  readonly ready: boolean;
}

/** Whether a pod may be evicted now: every budget that selects it has as many ready pods as it wants without this one. */
export function mayEvict(pod: Candidate, all: readonly Candidate[], budgets: Iterable<DisruptionBudget>): boolean {
  return [...budgets]
    .filter(({ selector }) => selects(selector.matchLabels, pod.labels))
    .every(({ minAvailable, selector, unhealthyPodEvictionPolicy }) => {
      if (!pod.ready && unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
      const ready = all.filter((each) => each.ready && selects(selector.matchLabels, each.labels)).length;
      return ready - (pod.ready ? 1 : 0) >= minAvailable;
    });
}
