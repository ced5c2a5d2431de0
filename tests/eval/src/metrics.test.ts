import { isExact, measure } from './metrics';

const day = { after: '2026-11-23T22:00:00.000Z', before: '2026-11-24T22:00:00.000Z' };

test('what is all right is right by every figure', () => {
  const query = { from: ['Ivan'], text: ['flat', 'rent'], ...day, unread: true };
  expect(measure([{ expected: query, got: query }])).toEqual({
    queries: 1,
    exact: 1,
    precision: 1,
    recall: 1,
    f1: 1,
    dated: 1,
    intervals: 1,
  });
});

test.each([
  ['case', { from: ['Ivan'] }, { from: ['ivan'] }, true],
  ['case of Ukrainian', { from: ['ІВАНА'] }, { from: ['івана'] }, true],
  ['order', { text: ['a', 'b'] }, { text: ['b', 'a'] }, true],
  ['absent fields', { text: ['a'] }, {}, false],
  ['fields too many', { text: ['a'] }, { text: ['a'], unread: true }, false],
  ['entries too many', { text: ['a'] }, { text: ['a', 'a'] }, false],
  ['the number of equal entries', { text: ['a', 'a', 'b'] }, { text: ['a', 'b', 'b'] }, false],
  ['the field of an entry', { from: ['a'] }, { to: ['a'] }, false],
  ['false, which is not true', { unread: false }, { unread: true }, false],
  ['instants', { after: day.after }, { after: day.before }, false],
  ['bounds of an entry', { from: ['Ivan Petrenko'] }, { from: ['Ivan', 'Petrenko'] }, false],
])('whether a query is exact: %s', (_, expected, got, exact) => {
  expect(isExact({ expected, got })).toBe(exact);
  expect(isExact({ expected: got, got: expected })).toBe(exact);
});

test('slots are counted over all queries: right of found, right of meant', () => {
  const figures = measure([
    // Two of four meant, two of three found.
    {
      expected: { from: ['Ivan'], text: ['flat', 'rent'], unread: true },
      got: { from: ['Ivan'], text: ['flat', 'now'] },
    },
    // One of one meant, one of one found.
    { expected: { category: 'spam' }, got: { category: 'spam' } },
  ]);
  expect(figures.precision).toBeCloseTo(3 / 4);
  expect(figures.recall).toBeCloseTo(3 / 5);
  expect(figures.f1).toBeCloseTo((2 * (3 / 4) * (3 / 5)) / (3 / 4 + 3 / 5));
  expect(figures.exact).toBe(1 / 2);
});

test('an interval is right with both of its ends, and one that nobody meant is wrong', () => {
  const figures = measure([
    { expected: day, got: { ...day, text: ['more'] } },
    { expected: day, got: { after: day.after } },
    { expected: { text: ['tuesday'] }, got: day },
    { expected: { before: day.before }, got: { before: day.before } },
    { expected: { text: ['no'] }, got: { text: ['date'] } },
  ]);
  expect(figures).toMatchObject({ queries: 5, dated: 4, intervals: 2 / 4 });
});

test('of nothing, everything is right', () => {
  expect(measure([])).toMatchObject({ queries: 0, exact: 1, precision: 1, recall: 1, f1: 1, dated: 0, intervals: 1 });
});
