import fc from 'fast-check';
import { Backoff } from './backoff';

test('doubles from the first pause to the longest', () => {
  const backoff = new Backoff({ first: 250, longest: 1500 });
  expect([0, 0, 0, 0, 0].map((ran) => backoff.next(ran))).toEqual([250, 500, 1000, 1500, 1500]);
});

test('begins anew after a healthy run, and not after a short one', () => {
  const backoff = new Backoff({ first: 250, longest: 1500 });
  expect([0, 0, 1499, 1500, 0].map((ran) => backoff.next(ran))).toEqual([250, 500, 1000, 250, 500]);
});

test('never leaves its bounds, however long something keeps dying', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40_000), { maxLength: 3000 }), (runs) => {
      const backoff = new Backoff({ first: 250, longest: 30_000 });
      return runs.map((ran) => backoff.next(ran)).every((pause) => pause >= 250 && pause <= 30_000);
    }),
  );
});
