import { halves, languages, parseLine, readQueries, type Language } from './query-set';

const all = (language: Language) => halves.flatMap((half) => readQueries(language, half));
/** Two queries that differ in case, blanks or punctuation alone are one. */
const folded = (said: string) =>
  said
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

describe.each(languages)('the queries in %s', (language) => {
  test('are at least 300, half of them held out, and no two alike', () => {
    const queries = all(language);
    expect(queries.length).toBeGreaterThanOrEqual(300);
    const [dev, heldout] = halves.map((half) => readQueries(language, half).length);
    expect(dev).toBe(heldout);
    expect(new Set(queries.map(({ said }) => folded(said))).size).toBe(queries.length);
  });

  test('mean people and words that occur in them, unless these are spelled addresses', () => {
    const strays = all(language).flatMap(({ said, query: { from = [], to = [], subject = [], text = [] } }) =>
      [...from, ...to, ...subject, ...text].filter(
        (entry) => !said.toLowerCase().includes(entry.toLowerCase()) && !/^[\w.@-]+\.[a-z]+$/.test(entry),
      ),
    );
    expect(strays).toEqual([]);
  });

  test('mean whole days: every instant is a midnight in Kyiv, and none ends before it begins', () => {
    const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Kyiv', timeStyle: 'medium' });
    for (const { query } of all(language)) {
      const instants = [query.after, query.before].filter((instant) => instant !== undefined);
      expect(instants.map((instant) => hour.format(new Date(instant)))).toEqual(instants.map(() => '00:00:00'));
      expect(instants).toEqual(instants.toSorted());
    }
  });

  test('say something of every field', () => {
    const fields = new Set(all(language).flatMap(({ query }) => Object.keys(query)));
    expect(fields.size).toBe(10);
  });
});

test.each([
  ['no JSON', 'find it', 'en.dev.jsonl:7: SyntaxError'],
  ['nothing said', '{"said":"","query":{"text":["it"]}}', 'en.dev.jsonl:7'],
  ['an unknown field', '{"said":"it","query":{"cc":["it"]}}', 'en.dev.jsonl:7'],
  ['no meaning', '{"said":"it","query":{}}', 'a query that means nothing'],
])('a line with %s is refused with its place', (_, line, message) => {
  expect(() => parseLine(line, 'en.dev.jsonl:7')).toThrow(message);
});
