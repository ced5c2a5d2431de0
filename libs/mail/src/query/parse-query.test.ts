import fc from 'fast-check';
import { mailQuerySchema } from './mail-query';
import { parseQuery } from './parse-query';

test.each([
  ['linux kernel', { text: ['linux', 'kernel'] }],
  ['find the emails from Ivan', { from: ['Ivan'] }],
  ['Show me all mails from Ivan Petrenko about the budget', { from: ['Ivan Petrenko'], text: ['budget'] }],
  ['from ivan invoices', { from: ['ivan'], text: ['invoices'] }],
  ['from Ivan and Maria, Petro', { from: ['Ivan', 'Maria', 'Petro'] }],
  ['emails from ivan@example.com', { from: ['ivan@example.com'] }],
  ['from:ivan subject:holiday plans', { from: ['ivan'], subject: ['holiday', 'plans'] }],
  ['mails with subject summer party from Anna', { subject: ['summer', 'party'], from: ['Anna'] }],
  ['find the emails about "linux kernel" patches', { text: ['linux kernel', 'patches'] }],
  ['from "Ivan the Great"', { from: ['Ivan the Great'] }],
  ['знайди листи від Івана', { from: ['Івана'] }],
  ['листи від Івана Петренка та Марії про рахунок', { from: ['Івана Петренка', 'Марії'], text: ['рахунок'] }],
  ['покажи мені листи з темою відпустка', { subject: ['відпустка'] }],
  ['що писав Петро про «новий рік»', { from: ['Петро'], text: ['новий рік'] }],
  ['mail server', { text: ['server'] }],
  ['the server of mail', { text: ['server', 'mail'] }],
  ["'; DROP TABLE mails; -- +a* @b", { text: ['DROP', 'TABLE', 'mails', 'b'] }],
  ['🎉', {}],
  ['from', {}],
  ['знайди всі листи', {}],
  ['', {}],
])('%s', (text, query) => {
  expect(parseQuery(text)).toEqual(query);
});

test('ten thousand words are a bounded query', () => {
  const query = parseQuery('word'.concat(' слово'.repeat(10_000), ' x'.repeat(100)));
  expect(mailQuerySchema.parse(query)).toEqual({ text: ['word', 'слово'] });
  expect(parseQuery(Array.from({ length: 10_000 }, (_, index) => `w${index}`).join(' ')).text).toHaveLength(20);
});

test('any text is a query', () => {
  const words = fc.constantFrom(
    'from',
    'від',
    'subject',
    'тема:',
    'and',
    ',',
    '"',
    '«',
    '»',
    'Ivan',
    '🎉',
    "'",
    '*',
    '\ud800',
    '\u0000',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(words).map((parts) => parts.join(' ')),
      ),
      (text) => {
        const query = parseQuery(text);
        expect(mailQuerySchema.parse(query)).toEqual(query);
        expect(JSON.stringify(query).isWellFormed()).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});
