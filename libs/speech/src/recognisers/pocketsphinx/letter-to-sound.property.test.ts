import fc from 'fast-check';
import { guessPronunciations, PHONES } from './letter-to-sound';

test('whatever the letters are, there are one to three different pronunciations, of known phones only', () => {
  const word = fc.stringMatching(/^[a-z]{1,15}$/);
  const phones = new Set<string>(PHONES);
  fc.assert(
    fc.property(word, (letters) => {
      const guesses = guessPronunciations(letters);
      expect(guesses.length).toBeLessThanOrEqual(3);
      expect(new Set(guesses.map((guess) => guess.join(' '))).size).toBe(guesses.length);
      expect(guesses.every((guess) => guess.length > 0 && guess.every((phone) => phones.has(phone)))).toBe(true);
      expect(guesses.length).toBeGreaterThan(/[^h]/.test(letters) ? 0 : -1);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['petrenko', 'P EH T R EH NG K OW'],
  ['shevchenko', 'SH EH V CH EH NG K OW'],
  ['kovalenko', 'K AH V AH L EH NG K OW'],
  ['olena', 'OW L EH N AH'],
  ['yulia', 'Y UW L IY AH'],
  ['serhiy', 'S EH R HH IY'],
  ['boyko', 'B OY K OW'],
  ['zhanna', 'ZH AA N AH'],
  ['khrystyna', 'HH R IY S T IY N AH'],
  ['shchur', 'SH CH UW R'],
  ['wolf', 'V AO L F'],
  ['jane', 'JH EY N'],
  ['white', 'W AY T'],
  ['knight', 'N AY T'],
  ['miller', 'M IH L ER'],
])('%s may be %s', (word, phones) => {
  expect(guessPronunciations(word).map((guess) => guess.join(' '))).toContain(phones);
});

test('an apostrophe is not pronounced, and nothing is nothing', () => {
  expect(guessPronunciations("o'neil")).toEqual(guessPronunciations('oneil'));
  expect(guessPronunciations("'")).toEqual([]);
});
