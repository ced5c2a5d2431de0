import { failure } from '../testing/failure';
import { deployment } from './deployment';
import { disruptionBudget } from './disruption-budget';
import { parse } from './parse';

const web = (more: object = {}) => ({
  selector: { matchLabels: { app: 'web' } },
  template: {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image: 'web', command: ['node'] }] },
  },
  ...more,
});
const read = (value: unknown) => parse(deployment, value, 'Deployment web');

it('fills in the defaults of Kubernetes', () => {
  const spec = read(web());
  expect(spec.replicas).toBeUndefined();
  expect(spec.minReadySeconds).toBe(0);
  expect(spec.strategy.rollingUpdate).toEqual({ maxSurge: '25%', maxUnavailable: '25%' });
});

it.each([
  ['that it does not know', web({ paused: true }), 'UNKNOWN_FIELD', 'Deployment web: podrun does not know paused'],
  [
    'another strategy',
    web({ strategy: { type: 'Recreate' } }),
    'INVALID_MANIFEST',
    expect.stringContaining('strategy.type') as string,
  ],
  [
    'a share that is none',
    web({ strategy: { rollingUpdate: { maxSurge: 'some' } } }),
    'INVALID_MANIFEST',
    'Deployment web: strategy.rollingUpdate.maxSurge: must be a number or a share such as 25%',
  ],
  [
    'a selector of others',
    web({ selector: { matchLabels: { app: 'api' } } }),
    'INVALID_MANIFEST',
    'Deployment web: selector: must select the pods that its template makes',
  ],
] as const)('refuses %s', (_what, value, code, message) => {
  expect(() => read(value)).toThrow(failure({ code, message }));
});

it('refuses a budget that it would not keep', () => {
  const budget = { maxUnavailable: 1, selector: { matchLabels: {} } };
  expect(() => parse(disruptionBudget, budget, 'PodDisruptionBudget web')).toThrow(failure({ code: 'UNKNOWN_FIELD' }));
});
