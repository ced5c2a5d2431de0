import fc from 'fast-check';
import { CronInvalidError, type CronSpec, latestTick, nextTick } from './cron';

const zones = ['Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Kathmandu', 'UTC'];
const field = (min: number, max: number) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min, max }).map(String),
    fc.integer({ min: 2, max: 20 }).map((step) => `*/${step}`),
    fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map((ends) => ends.sort((a, b) => a - b).join('-')),
  );
const spec: fc.Arbitrary<CronSpec> = fc
  .tuple(
    field(0, 59),
    field(0, 23),
    fc.constantFrom('*', '1', '*/2'),
    fc.constant('*'),
    fc.constantFrom('*', '1-5', '0'),
  )
  .map((fields) => fields.join(' '))
  .chain((cron) => fc.constantFrom(...zones).map((timeZone) => ({ cron, timeZone })));

/** Any moment, and often one within a day of a change of the clock. */
const change = fc.constantFrom(
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-03-08T07:00Z',
  '2026-11-01T06:00Z',
  '2026-04-04T15:00Z',
);
const moment = fc.oneof(
  fc.integer({ min: Date.parse('2020-01-01Z'), max: Date.parse('2035-01-01Z') }),
  fc.tuple(change, fc.integer({ min: -86_400_000, max: 86_400_000 })).map(([at, by]) => Date.parse(at) + by),
);

test('ticks come one after the other, on whole minutes', () => {
  fc.assert(
    fc.property(spec, moment, (cron, at) => {
      const tick = nextTick(cron, new Date(at)).getTime();
      expect(tick).toBeGreaterThan(at);
      expect(tick % 60_000).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test('the latest tick is the one before which none is missed and after which none has come', () => {
  fc.assert(
    fc.property(spec, moment, (cron, at) => {
      const latest = latestTick(cron, new Date(at));
      if (!latest) throw new Error('there has always been one');
      expect(latest.getTime()).toBeLessThanOrEqual(at);
      expect(nextTick(cron, latest).getTime()).toBeGreaterThan(at);
      expect(nextTick(cron, new Date(latest.getTime() - 1))).toEqual(latest);
    }),
    { numRuns: 500 },
  );
});

test('a tick is the latest one from its own moment until the next', () => {
  fc.assert(
    fc.property(spec, moment, (cron, at) => {
      const tick = nextTick(cron, new Date(at));
      const following = nextTick(cron, tick);
      expect(latestTick(cron, tick)).toEqual(tick);
      expect(latestTick(cron, new Date(following.getTime() - 1))).toEqual(tick);
    }),
    { numRuns: 500 },
  );
});

test('whatever is written, it ticks or is refused with a reason', () => {
  const token = fc.stringMatching(/^[-0-9*\/,?LW#+ja-f]{1,5}$/);
  const anything = fc.oneof(
    fc.string(),
    fc.array(token, { minLength: 4, maxLength: 6 }).map((some) => some.join(' ')),
  );
  fc.assert(
    fc.property(anything, fc.oneof(fc.constantFrom(...zones), fc.string()), moment, (cron, timeZone, at) => {
      try {
        expect(nextTick({ cron, timeZone }, new Date(at)).getTime()).toBeGreaterThan(at);
      } catch (error) {
        if (!(error instanceof CronInvalidError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
