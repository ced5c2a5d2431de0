import fc from 'fast-check';
import { samplesOfWav, wavOf } from './wav';

const samples = fc.int16Array({ maxLength: 500 });

test('what is written is read again, wherever the file begins in memory', () => {
  fc.assert(
    fc.property(samples, fc.nat(7), (expected, offset) => {
      const file = Buffer.concat([Buffer.alloc(offset), wavOf(expected)]).subarray(offset);
      expect(samplesOfWav(file)).toEqual(expected);
    }),
  );
});

test('a file that ends early gives the samples that are there', () => {
  fc.assert(
    fc.property(samples, fc.nat(1_000), (whole, cut) => {
      const file = wavOf(whole);
      const short = file.subarray(0, Math.max(44, file.length - cut));
      expect(samplesOfWav(short)).toEqual(whole.slice(0, (short.length - 44) >> 1));
    }),
  );
});

test('whatever comes, reading ends without an exception', () => {
  const header = wavOf(new Int16Array(4));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(header.length), (noise, kept) => {
      const file = Buffer.concat([header.subarray(0, kept), noise]);
      expect(() => samplesOfWav(file)).not.toThrow();
    }),
    { numRuns: 1_000 },
  );
});
