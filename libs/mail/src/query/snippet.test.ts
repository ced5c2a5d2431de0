import fc from 'fast-check';
import { foldText } from './fold';
import { MAX_SNIPPET, snippetOf } from './snippet';

const hit = (folded: string) => (word: string) => foldText(word) === folded;
const marked = ({ text, hits }: ReturnType<typeof snippetOf>) => hits.map(([start, end]) => text.slice(start, end));

test('a short text is shown whole, on one line, with every hit in its own spelling', () => {
  const snippet = snippetOf(' The\n Linux  kernel: LINUX!\n', hit('linux'));
  expect(snippet.text).toBe('The Linux kernel: LINUX!');
  expect(marked(snippet)).toEqual(['Linux', 'LINUX']);
});

test('of a long one it is the piece around the first hit, without halves of words', () => {
  const snippet = snippetOf(`${'before '.repeat(100)}needle ${'after '.repeat(100)}`, hit('needle'));
  expect(snippet.text).toMatch(/^…(before )+needle( after)+…$/);
  expect(snippet.text.length).toBeLessThanOrEqual(MAX_SNIPPET + 2);
  expect(marked(snippet)).toEqual(['needle']);
});

test('without a hit it is the beginning', () => {
  expect(snippetOf(`begins ${'so '.repeat(200)}`, hit('x'))).toEqual({
    text: expect.stringMatching(/^begins so .*…$/) as string,
    hits: [],
  });
  expect(snippetOf('', hit('x'))).toEqual({ text: '', hits: [] });
  expect(snippetOf('x', null)).toEqual({ text: 'x', hits: [] });
});

test.each([
  ['п’ять', 'пять'],
  ['пʼять', 'пять'],
  ["п'ять", 'пять'],
  ['Café', 'cafe'],
  ['Київ', 'київ'],
])('%s is one word', (said, folded) => {
  expect(marked(snippetOf(`це ${said} і все`, hit(folded)))).toEqual([said]);
});

test('of any text the hits lie within the snippet, in order, and nothing is cut in half', () => {
  const text = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('needle', '𠀀'.repeat(150), 'x'.repeat(300))),
  );
  fc.assert(
    fc.property(text, (parts) => {
      const whole = parts.join(' ').toWellFormed();
      const { text: shown, hits } = snippetOf(whole, hit('needle'));
      expect(shown.isWellFormed()).toBe(true);
      expect(shown.length).toBeLessThanOrEqual(MAX_SNIPPET + 2);
      let last = 0;
      for (const [start, end] of hits) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(shown.slice(start, end).toLowerCase()).toBe('needle');
        last = end;
      }
    }),
    { numRuns: 1000 },
  );
});
