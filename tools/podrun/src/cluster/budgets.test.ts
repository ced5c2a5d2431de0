import type { DisruptionBudget } from '../spec/disruption-budget';
import { mayEvict } from './budgets';

const budget = (minAvailable: number, more: Partial<DisruptionBudget> = {}): DisruptionBudget => ({
  minAvailable,
  selector: { matchLabels: { app: 'web' } },
  unhealthyPodEvictionPolicy: 'IfHealthyBudget',
  ...more,
});
const pod = (ready: boolean, app = 'web') => ({ ready, labels: { app, version: '1' } });
const [ready, unready] = [pod(true), pod(false)];

it.each([
  ['a ready pod that the budget can spare', ready, [ready, ready], [budget(1)], true],
  ['no ready pod that the budget needs', ready, [ready, unready], [budget(1)], false],
  ['a pod that no budget selects', pod(true, 'db'), [], [budget(1)], true],
  ['a pod only if all its budgets can spare it', ready, [ready, ready], [budget(1), budget(2)], false],
  ['an unready pod while enough are ready', unready, [ready, unready], [budget(1)], true],
  ['no unready pod while too few are ready', unready, [unready], [budget(1)], false],
  [
    'any unready pod where the policy says so',
    unready,
    [unready],
    [budget(1, { unhealthyPodEvictionPolicy: 'AlwaysAllow' })],
    true,
  ],
  ['no pod for the readiness of others', ready, [ready, pod(true, 'db')], [budget(1)], false],
] as const)('lets go of %s', (_what, candidate, all, budgets, may) => {
  expect(mayEvict(candidate, all, budgets)).toBe(may);
});
