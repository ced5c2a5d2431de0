import { wordErrorRate, wordErrors } from './word-errors';

test.each([
  ['the same', 'find the flat', 'find the flat', 0, 3],
  ['a word replaced', 'find the flat', 'find a flat', 1, 3],
  ['a word left out', 'find the flat', 'find flat', 1, 3],
  ['a word too many', 'find the flat', 'find the the flat', 1, 3],
  ['all of it lost', 'find the flat', '', 3, 3],
  ['one moved', 'a b c d', 'b c d a', 2, 4],
  ['case and punctuation', 'Find “the” flat, please.', 'find the flat please', 0, 4],
  ['apostrophes inside of words', "Ivan's mail", 'ivans mail', 1, 2],
  ['nothing said, and something heard', '', 'oh my', 2, 0],
])('%s', (_, said, heard, errors, words) => {
  expect(wordErrors(said, heard)).toEqual({ errors, words });
});

test('long texts weigh more than short ones', () => {
  const counts = [wordErrors('a', 'b'), wordErrors('a b c d e f g', 'a b c d e f g')];
  expect(wordErrorRate(counts)).toBe(1 / 8);
  expect(wordErrorRate([])).toBe(0);
});
