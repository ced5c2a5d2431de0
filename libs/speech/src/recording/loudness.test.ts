import { loudestDbfs, SILENCE_DBFS } from './loudness';

const tone = (amplitude: number, offset = 0, length = 16_000): Int16Array =>
  Int16Array.from({ length }, (_, at) => Math.round(offset + amplitude * Math.sin(at / 5)));

test('a sine of full scale is at -3 decibels, one of a tenth 20 below', () => {
  expect(loudestDbfs(tone(32_767))).toBeCloseTo(-3, 0);
  expect(loudestDbfs(tone(3_277))).toBeCloseTo(-23, 0);
});

test('a short word in a long silence is heard', () => {
  const samples = new Int16Array(160_000);
  samples.set(tone(3_277, 0, 1_600), 80_000);
  expect(loudestDbfs(samples)).toBeGreaterThan(SILENCE_DBFS);
});

test.each([
  ['zeros', new Int16Array(16_000)],
  ['a constant offset', tone(0, 9_000)],
  ['the noise of a quiet microphone', tone(60)],
  ['nothing', new Int16Array(0)],
])('%s: silence', (_, samples) => {
  expect(loudestDbfs(samples)).toBeLessThan(SILENCE_DBFS);
});
