import { hum } from '../testing/recordings';
import { samplesOfWav } from './wav';

/** A WAV file with some of its header's bytes replaced. */
const changed = (at: number, value: number, bytes: 2 | 4): Buffer => {
  const file = hum(0.01);
  file.writeUIntLE(value, at, bytes);
  return file;
};

test.each([
  ['another encoding', changed(20, 3, 2)],
  ['two channels', changed(22, 2, 2)],
  ['44,100 Hz', changed(24, 44_100, 4)],
  ['8 bit', changed(34, 8, 2)],
  ['no data', hum(0.01).subarray(0, 36)],
])('a file with %s has to be converted', (_, file) => {
  expect(samplesOfWav(file)).toBeNull();
});

test.each([0, 0xffff_ffff])('a size of %d is that of a file written while recording', (size) => {
  expect(samplesOfWav(changed(40, size, 4))).toHaveLength(160);
});

test('chunks before the samples are skipped, and what follows the samples is none of them', () => {
  const file = hum(0.01);
  const other = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
  const long = Buffer.concat([file.subarray(0, 36), other, file.subarray(36), other]);
  expect(samplesOfWav(long)).toEqual(samplesOfWav(file));
});
