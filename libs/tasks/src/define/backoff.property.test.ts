import fc from 'fast-check';
import { backoffMs } from './backoff';

const policy = fc.record({
  attempts: fc.integer({ min: 1, max: 100 }),
  baseMs: fc.integer({ min: 1, max: 10_000 }),
  maxMs: fc.integer({ min: 1, max: 3_600_000 }),
});
const tried = fc.integer({ min: 1, max: 100 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a pause is never negative and never longer than the policy allows', () => {
  fc.assert(
    fc.property(policy, tried, random, (retry, count, chance) => {
      const pause = backoffMs(retry, count, chance);
      expect(pause).toBeGreaterThanOrEqual(0);
      expect(pause).toBeLessThanOrEqual(retry.maxMs);
      expect(pause).toBeLessThanOrEqual(retry.baseMs * 2 ** (count - 1));
    }),
  );
});

test('with equal luck a later pause is no shorter', () => {
  fc.assert(
    fc.property(policy, tried, random, (retry, count, chance) => {
      expect(backoffMs(retry, count + 1, chance)).toBeGreaterThanOrEqual(backoffMs(retry, count, chance));
    }),
  );
});
