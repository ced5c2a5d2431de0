import { compare, rateOf } from './figures';

test('the rate is that after the warm-up, between the first end that counts and the last', () => {
  const warmUp = [0, 500];
  const counted = [1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700];
  expect(rateOf([...warmUp, ...counted])).toBeCloseTo(10);
});

test('medians are compared with that of telemetry off, and the spread is told', () => {
  const figures = compare(
    new Map([
      ['off', [100, 120, 80]],
      ['metrics', [99, 101, 100]],
      ['traces', [95, 90, 93]],
    ]),
  );
  expect(figures.get('metrics')?.ratio).toBe(1);
  expect(figures.get('traces')).toEqual({ median: 93, lowest: 90, highest: 95, ratio: 0.93 });
});
