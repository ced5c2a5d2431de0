import { foldText } from '../query/fold';
import { compileLexicon, phrases } from './phrases';
import { mailWords } from './words/mail-words';
import { spamWords } from './words/spam-words';

const find = compileLexicon({ money: ['make money', 'cash', 'знижк*'], other: ['make hay', 'cash on deliver*'] });

test.each([
  ['we make money', { money: ['make money'] }],
  ['cash and cash', { money: ['cash'] }],
  ['cash on delivery', { money: ['cash'], other: ['cash on deliver…'] }],
  ['знижки знижка', { money: ['знижк…'] }],
  ['makes money', {}],
  ['make', {}],
  ['', {}],
])('%s', (text, found) => {
  expect(find(text)).toEqual(found);
});

test('every phrase of the lexicons is folded, or it would never be found', () => {
  for (const phrase of Object.values({ ...mailWords, ...spamWords }).flat()) {
    const words = phrase.split(' ').map((word) => word.replace(/\*$/, ''));
    expect(foldText(words.join(' '))).toBe(words.join(' '));
    expect(words[0]?.length ?? 0).toBeGreaterThanOrEqual(phrase.split(' ')[0]?.endsWith('*') ? 3 : 1);
  }
});

test('phrases are separated by commas, however their lines are broken', () => {
  expect(phrases('one,\n  two\n  words, three ')).toEqual(['one', 'two words', 'three']);
});
