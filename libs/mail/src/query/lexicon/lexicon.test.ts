import { expand } from '../grammar/patterns';
import { understand } from '../understand';
import { english } from './english';
import { ukrainian } from './ukrainian';

const moment = { now: new Date('2026-11-25T08:30:00.000Z'), timeZone: 'UTC' };
const dateIn = (text: string) => understand(text, moment).query.after?.slice(0, 10);

test('the notation of phrases', () => {
  expect(expand('need|needs [a|an] reply, spam')).toEqual([
    ['need', 'reply'],
    ['need', 'a', 'reply'],
    ['need', 'an', 'reply'],
    ['needs', 'reply'],
    ['needs', 'a', 'reply'],
    ['needs', 'an', 'reply'],
    ['spam'],
  ]);
  expect(expand('one\n  |two  ,\n П’ять')).toEqual([['one'], ['two'], ['пять']]);
  expect(expand('')).toEqual([]);
});

describe.each([
  ['English', english, 'in'],
  ['Ukrainian', ukrainian, 'у'],
])('%s', (_, language, preposition) => {
  test('every form of a month is that month', () => {
    language.months.forEach((forms, index) => {
      const month = String(index + 1).padStart(2, '0');
      for (const [form] of [...expand(forms), ...expand(language.monthsBesideNumbers[index] ?? '')]) {
        expect([form, dateIn(`${preposition} ${form} 2025`)]).toEqual([form, `2025-${month}-01`]);
        expect([form, dateIn(`7 ${form} 2025`)]).toEqual([form, `2025-${month}-07`]);
      }
    });
  });

  test('every form of a day of the week is that day', () => {
    language.weekdays.forEach((forms, index) => {
      for (const [form] of expand(forms)) {
        const day = index < 3 ? 23 + index : 16 + index;
        expect([form, dateIn(`${preposition} ${form}`)]).toEqual([form, `2026-11-${day}`]);
      }
    });
  });

  test('no word means two things of a kind', () => {
    const kinds = [
      language.months.map((months, index) => `${months},${language.monthsBesideNumbers[index] ?? ''}`),
      language.weekdays,
      language.seasons,
      Object.values(language.units),
      language.cardinals.map(([phrases]) => phrases),
      language.days.map(([phrases]) => phrases),
      Object.values(language.categoryNouns),
    ];
    for (const kind of kinds) {
      const phrases = kind.flatMap((text) => [...new Set(expand(text).map((words) => words.join(' ')))]);
      expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
    }
  });
});

test.each([
  ['first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth', 'of october'],
  ['першого другого третього четвертого п’ятого шостого сьомого восьмого дев’ятого десятого одинадцятого дванадцятого тринадцятого чотирнадцятого п’ятнадцятого шістнадцятого сімнадцятого вісімнадцятого дев’ятнадцятого двадцятого', 'жовтня'],
])('ordinals: %s', (ordinals, month) => {
  ordinals.split(' ').forEach((ordinal, index) => {
    expect(dateIn(`${ordinal} ${month}`)).toBe(`2026-10-${String(index + 1).padStart(2, '0')}`);
  });
}); // prettier-ignore

test.each([
  ['twenty first of october', '2026-10-21'],
  ['twenty-ninth of october', '2026-10-29'],
  ['october thirty first', '2026-10-31'],
  ['двадцять другого жовтня', '2026-10-22'],
  ['тридцять першого жовтня', '2026-10-31'],
  ['тридцятого жовтня', '2026-10-30'],
  ['thirty days ago', '2026-10-26'],
  ['сорок п’ять днів тому', '2026-10-11'],
])('%s', (text, day) => {
  expect(dateIn(text)).toBe(day);
});
