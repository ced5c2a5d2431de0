import fc from 'fast-check';
import { amountOf, type Member, nextStep, type Rollout } from './rolling-update';

const office: Rollout = { replicas: 2, maxSurge: 1, maxUnavailable: 0 };
const member = (name: string, current: boolean, ready: boolean): Member => ({ name, current, ready });

it('makes all pods at once when there are none', () => {
  expect(nextStep(office, [])).toEqual({ create: 2, stop: [] });
});

it('waits for a new pod to be ready before it stops an old one', () => {
  const old = [member('old-1', false, true), member('old-2', false, true)];
  expect(nextStep(office, old)).toEqual({ create: 1, stop: [] });
  expect(nextStep(office, [...old, member('new-1', true, false)])).toEqual({ create: 0, stop: [] });
  expect(nextStep(office, [...old, member('new-1', true, true)])).toEqual({ create: 0, stop: ['old-1'] });
});

it('stops what serves nobody first', () => {
  expect(nextStep(office, [member('old-1', false, true), member('old-2', false, false)]).stop).toEqual(['old-2']);
  const current = [member('new-1', true, true), member('new-2', true, false), member('new-3', true, true)];
  expect(nextStep(office, current)).toEqual({ create: 0, stop: ['new-2'] });
});

it('rounds shares as Kubernetes does', () => {
  expect(amountOf('25%', 3, Math.ceil)).toBe(1);
  expect(amountOf('25%', 3, Math.floor)).toBe(0);
  expect(nextStep({ replicas: 1, maxSurge: 0, maxUnavailable: '10%' }, [member('old', false, true)]).stop).toEqual([
    'old',
  ]);
});

it('keeps enough pods ready, never has too many, and arrives', () => {
  const amounts = fc.record({ replicas: fc.nat(6), maxSurge: fc.nat(3), maxUnavailable: fc.nat(3) });
  fc.assert(
    fc.property(amounts, fc.nat(6), (rollout, before) => {
      const { replicas, maxSurge } = rollout;
      const unavailable = rollout.maxUnavailable || (maxSurge === 0 ? 1 : 0);
      let members = Array.from({ length: before }, (_, index) => member(`old-${String(index)}`, false, true));
      let made = 0;
      for (let round = 0; round < 50; round++) {
        const { create, stop } = nextStep(rollout, members);
        const ready = members.filter((each) => each.ready);
        const left = ready.filter(({ name }) => !stop.includes(name));
        expect(left.length).toBeGreaterThanOrEqual(Math.min(ready.length, replicas - unavailable));
        const created = Array.from({ length: create }, () => member(`new-${String(made++)}`, true, false));
        if (create > 0) expect(members.length + create).toBeLessThanOrEqual(replicas + maxSurge);
        members = [...members.filter(({ name }) => !stop.includes(name)), ...created].map((each, index) =>
          each.ready || (index + round) % 2 ? { ...each, ready: true } : each,
        );
      }
      expect(members.map(({ current, ready }) => current && ready)).toEqual(
        Array.from({ length: replicas }, () => true),
      );
    }),
  );
});
