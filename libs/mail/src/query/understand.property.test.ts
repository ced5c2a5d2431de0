import fc from 'fast-check';
import { chipSchema, leftoverSchema, mailQuerySchema, type Moment, type Understood } from './mail-query';
import { understand } from './understand';

const moment: Moment = { now: new Date('2026-11-25T08:30:00.000Z'), timeZone: 'Europe/Kyiv' };

/** The text with the typed operators of each chip in place of its words. */
function typed(text: string, { chips }: Understood): string {
  let result = '';
  let end = 0;
  for (const chip of chips) {
    const before = text.slice(end, chip.start);
    // Dashes that stood at the chip would be a mark of their own beside a space.
    result += `${before}${/[-–—]$/.test(before) ? '' : ' '}${chip.operator} `;
    end = chip.end;
  }
  return result + text.slice(end);
}

const words = `
  from від by to до for з із у в на in on at about про щодо with and та or або , , not не except крім - : " " « » ' ’
  I я me мені my мій the a who хто what що which які where де did has sent wrote писав надіслала надіслані писала emails листи лист mail
  Ivan Іван ivan івана Maria Koval Марії Петрові петренко budget бюджет звіт договір kernel server tickets Warsaw X
  subject тема темою title unread непрочитані read прочитані starred зірочкою without без attachment вкладенням файлами file attached
  newsletters розсилки spam спам important важливі receipts чеки personal need reply marked folder
  today yesterday вчора позавчора торік last минулого this цього week тиждень тижня month year рік days днів ago тому
  Monday понеділка п’ятницю March березня may May 1 3 15 15th 31 32 2025 2026 03 two три past останні since between між until по before після
  after older newer than weekend вихідних summer влітку quarter 12.10 15.03.2026 2026-03-15 beginning початку end recently few кілька
  Ivan's today's find знайди show please support example dot крапка com собака underscore ivan@example.com
  from:ivan to:"Maria K" subject:plan has:attachment is:unread is:read category:spam after:2026-01-01 before:2025-01-01 on:yesterday
  newer_than:7d older_than:x older_than:9999y newer_than:9999w 9999 after:9999-01-01 label:x -spam -from:ivan text:kernel "linux_kernel" 🎉 + * @ ( ) ; DROP TABLE -- % _ \u0000 \ud800 \u200b
`
  .trim()
  .split(/\s+/);

const sentence = fc
  .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ' ', ' ', ' ', '', '  ', '\n')), { maxLength: 14 })
  .map((parts) => parts.map(([word, space]) => word + space).join(''));
const text = fc.oneof(
  { weight: 4, arbitrary: sentence },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
);
const zones = fc.constantFrom(
  'UTC',
  'Europe/Kyiv',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Pacific/Apia',
  'Asia/Kathmandu',
);
const moments = fc.record({
  now: fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
  timeZone: zones,
});

test('any text is understood within the schemas, and each part says where its words are', () => {
  fc.assert(
    fc.property(text, moments, (said, when) => {
      const { query, chips, notUnderstood } = understand(said, when);
      expect(mailQuerySchema.parse(query)).toEqual(query);
      expect(JSON.stringify({ query, chips, notUnderstood }).isWellFormed()).toBe(true);
      for (const parts of [
        chips.map((chip) => chipSchema.parse(chip)),
        notUnderstood.map((left) => leftoverSchema.parse(left)),
      ]) {
        for (const [index, part] of parts.entries()) {
          expect(said.slice(part.start, part.end)).toBe(part.said);
          expect(part.said).not.toBe('');
          expect(part.start).toBeGreaterThanOrEqual(parts[index - 1]?.end ?? 0);
        }
      }
      if (query.after && query.before) expect(query.after < query.before).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('no part of a text is both understood and left over', () => {
  fc.assert(
    fc.property(text, (said) => {
      const { chips, notUnderstood } = understand(said, moment);
      const places = [...chips, ...notUnderstood].sort((one, other) => one.start - other.start);
      places.forEach((place, index) => {
        expect(place.start).toBeGreaterThanOrEqual(places[index - 1]?.end ?? 0);
      });
    }),
    { numRuns: 1_000 },
  );
});

test('each field of a query has a chip, and each chip a field', () => {
  const names: Readonly<Record<string, string>> = { after: 'date', before: 'date' };
  fc.assert(
    fc.property(text, (said) => {
      const { query, chips } = understand(said, moment);
      const fields = Object.keys(query).map((field) => names[field] ?? field);
      expect(new Set(chips.map(({ field }) => field))).toEqual(new Set(fields));
    }),
    { numRuns: 1_000 },
  );
});

test('a text that is understood whole means the same with operators in place of its chips', () => {
  fc.assert(
    fc.property(text, moments, (said, when) => {
      // A minus that clings to a quotation mark is a hyphen, and negates once a space stands before it.
      fc.pre(!/["“”»›'’]-/.test(said));
      const first = understand(said, when);
      // What was left over may be read in another way beside operators.
      fc.pre(first.notUnderstood.length === 0);
      const again = typed(said, first);
      expect({ again, query: understand(again, when).query }).toEqual({ again, query: first.query });
    }),
    { numRuns: 1_500 },
  );
});

test.each([
  ...[
    'from ',
    'not ',
    'не ',
    'and ',
    'between 1 and ',
    'a dot ',
    '" ',
    "'a ",
    '"',
    'a:',
    '- ',
    '-a"',
    '1 ',
    'twenty ',
    '1-1 ',
  ],
  ...[
    'from Ivan and ',
    'van ',
    'not about a ',
    'on the 15 ',
    'i sent ',
    'last ',
    "Ivan's ",
    'a.',
    '…',
    '\ud800',
    '«',
    'слово ',
  ],
])('a text of nothing but %j', (piece) => {
  for (const start of ['', 'subject "']) {
    const { query } = understand(start + piece.repeat(10_000), moment);
    expect(mailQuerySchema.parse(query)).toEqual(query);
  }
});
