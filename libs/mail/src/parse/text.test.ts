import { cleanLine, cleanText, cut, snippetOf } from './text';

test('what is kept is valid Unicode without control characters', () => {
  expect(cleanText('a\0b\ud800c\u0007\r\nd\re\tf', 100)).toBe('ab\ufffdc\nd\ne\tf');
  expect(cleanLine('  a\n\tb\u00a0 \udc00 c ', 100)).toBe('a b \ufffd c');
});

test('a cut leaves no half of a character', () => {
  expect(cut('a😀', 2)).toBe('a');
  expect(cut('a😀', 3)).toBe('a😀');
  expect(cleanText('😀'.repeat(10), 5)).toBe('😀😀');
});

test.each([
  ['Hello,\n\n> quoted\n-----\nI am   back.', 'Hello, I am back.'],
  ['> only\n> quoted', '> only > quoted'],
  ['Preview\u034f\u200c\u00ad \u200btext', 'Preview text'],
  ['', ''],
])('the snippet of %j', (text, snippet) => {
  expect(snippetOf(text)).toBe(snippet);
});

test('a snippet has about 200 characters', () => {
  const snippet = snippetOf('слово '.repeat(100));
  expect(snippet.length).toBeLessThanOrEqual(200);
  expect(snippet.endsWith('…')).toBe(true);
});
