import { checkCron, CronInvalidError, latestTick, nextTick, nextTicks } from './cron';

const kyiv = (cron: string) => ({ cron, timeZone: 'Europe/Kyiv' });
const after = (cron: string, at: string, count: number) =>
  nextTicks(kyiv(cron), new Date(at), count).map((tick) => tick.toISOString().slice(5, 16));

test('the fields are read on the clock of the zone, summer and winter', () => {
  expect(after('0 7 * * 1-5', '2026-01-09T12:00Z', 2)).toEqual(['01-12T05:00', '01-13T05:00']);
  expect(after('0 7 * * mon-fri', '2026-07-10T12:00Z', 2)).toEqual(['07-13T04:00', '07-14T04:00']);
  expect(after('@daily', '2026-07-10T12:00Z', 1)).toEqual(['07-10T21:00']);
});

test('when the clock is set forward, what falls into the missing hour ticks once, when it is over', () => {
  expect(after('30 3 * * *', '2026-03-28T00:00Z', 3)).toEqual(['03-28T01:30', '03-29T01:00', '03-30T00:30']);
  expect(after('0 * * * *', '2026-03-28T23:30Z', 3)).toEqual(['03-29T00:00', '03-29T01:00', '03-29T02:00']);
});

test('when the clock is set back, a time of day ticks once, and what ticks every so often goes on doing so', () => {
  expect(after('30 3 * * *', '2026-10-24T12:00Z', 2)).toEqual(['10-25T00:30', '10-26T01:30']);
  expect(after('0 * * * *', '2026-10-24T23:30Z', 3)).toEqual(['10-25T00:00', '10-25T01:00', '10-25T02:00']);
});

test('of several times of day those in the missing hour are left out, and those in the doubled one tick on both passes', () => {
  expect(after('0,30 3 * * *', '2026-03-28T12:00Z', 2)).toEqual(['03-30T00:00', '03-30T00:30']);
  expect(after('0,30 3 * * *', '2026-10-24T12:00Z', 4)).toEqual([
    '10-25T00:00',
    '10-25T00:30',
    '10-25T01:00',
    '10-25T01:30',
  ]);
});

test('the latest tick is the last of those that were missed, and the moment of a tick is its own', () => {
  const daily = kyiv('30 3 * * *');
  expect(latestTick(daily, new Date('2026-10-26T12:00Z'))).toEqual(new Date('2026-10-26T01:30Z'));
  expect(latestTick(daily, new Date('2026-10-26T01:30Z'))).toEqual(new Date('2026-10-26T01:30Z'));
  expect(latestTick(daily, new Date('2026-10-26T01:29:59.999Z'))).toEqual(new Date('2026-10-25T00:30Z'));
  expect(nextTick(daily, new Date('2026-10-26T01:30Z'))).toEqual(new Date('2026-10-27T01:30Z'));
});

test.each([
  ['', /is no cron expression: write five fields/],
  ['* * * *', /write five fields/],
  ['* * * * * *', /write five fields/],
  ['0 0 1 1 * 2030', /write five fields/],
  ['2030-01-01T00:00:00', /write five fields/],
  ['@never', /write five fields/],
  ['61 * * * *', /Invalid value for minute: 61/],
  ['0 7 * * 8', /Invalid value for dayOfWeek: 8/],
  ['*/0 * * * *', /is no cron expression: /],
  ['a b c d e', /is no cron expression: /],
  ['0 0 30 2 *', /never comes/],
])('"%s" is refused', (cron, message) => {
  const check = () => checkCron(kyiv(cron), new Date());
  expect(check).toThrow(CronInvalidError);
  expect(check).toThrow(message);
  expect(check).toThrow(expect.objectContaining({ code: 'CRON_INVALID', field: 'cron' }) as Error);
});

test.each(['Mars/Base', '', '+03:00', 'Europe/ Kyiv', '3'])('the zone "%s" is refused', (timeZone) => {
  const check = () => checkCron({ cron: '0 7 * * *', timeZone }, new Date());
  expect(check).toThrow(/is no time zone: write an IANA name such as Europe\/Kyiv/);
  expect(check).toThrow(expect.objectContaining({ field: 'timeZone' }) as Error);
});
