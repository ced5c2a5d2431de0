import { moment } from './query-set';
import { evaluateText, type Understand } from './text-evaluation';

test('each query is understood at the moment of the set, and what is not as it was meant is a miss', () => {
  const moments: unknown[] = [];
  const understand: Understand = (text, at) => {
    moments.push(at);
    return { query: { text: [text] }, chips: [], notUnderstood: [] };
  };
  const queries = [
    { said: 'roof', query: { text: ['roof'] } },
    { said: 'unread', query: { unread: true } },
  ];
  const { figures, misses } = evaluateText(queries, understand);
  expect(moments).toEqual([moment, moment]);
  expect(figures).toMatchObject({ queries: 2, exact: 1 / 2, f1: 1 / 2 });
  expect(misses).toEqual([{ said: 'unread', expected: { unread: true }, got: { text: ['unread'] } }]);
});
