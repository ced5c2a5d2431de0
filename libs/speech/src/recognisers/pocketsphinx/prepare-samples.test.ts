import { loudestDbfs } from '../../recording/loudness';
import { prepareSamples } from './prepare-samples';

const PAD = 4_800;
const sine = (amplitude: number): Int16Array =>
  Int16Array.from({ length: 8_000 }, (_, at) => amplitude * Math.sin(at / 5));

test('a faint recording is made louder, and a loud one is left below full scale', () => {
  for (const amplitude of [2_000, 32_767]) {
    const peak = prepareSamples(sine(amplitude)).reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(19_500);
    expect(peak).toBeLessThan(20_500);
  }
});

test('before, after and where nothing was there is a little noise, the same each time', () => {
  const prepared = prepareSamples(new Int16Array(8_000));
  expect(prepared).toHaveLength(8_000 + 2 * PAD);
  for (const part of [prepared.subarray(0, PAD), prepared.subarray(PAD, -PAD), prepared.subarray(-PAD)]) {
    expect(loudestDbfs(part)).toBeGreaterThan(-57);
    expect(loudestDbfs(part)).toBeLessThan(-50);
  }
  expect(prepareSamples(new Int16Array(8_000))).toEqual(prepared);
});

test('what is hardly there is not made as loud as speech', () => {
  expect(loudestDbfs(prepareSamples(sine(20)))).toBeLessThan(-35);
});
