import { spokenQueries } from './spoken-queries';

const names = ['Ivan Petrenko', 'Олена Шевченко', 'Support (GitHub)', 'billing@example.com'];

test('a few thousand sentences, the same for the same names', () => {
  const sentences = spokenQueries(names);
  expect(sentences.length).toBeGreaterThan(3_000);
  expect(sentences.length).toBeLessThan(10_000);
  expect(spokenQueries(names)).toEqual(sentences);
});

test('they are words only: nothing to fill in is left, and no digit or sign is in them', () => {
  for (const sentence of spokenQueries(names)) expect(sentence).toMatch(/^[\p{L}'’ʼ]+(?: [\p{L}'’ʼ]+)*$/u);
});

test('a person is called by the whole name, the first and the last', () => {
  const said = spokenQueries(names).join('\n');
  for (const way of [
    /from Ivan Petrenko\b/,
    /from Ivan(?! Petrenko)/,
    /from Petrenko/,
    /\bdid Олена write/,
    /from Support/,
  ]) {
    expect(said).toMatch(way);
  }
  expect(said).not.toContain('GitHub');
  expect(said).toContain('billing at example dot com');
});

test.each([
  'since Monday', 'last week', 'the day before yesterday', 'with attachments', 'unread', 'starred', 'subject', 'newsletters',
  'i sent', 'days ago', 'invoice', 'between the', 'of March', 'twenty twenty six', 'at example dot com', 'in the last',
])('they speak of "%s"', (words) => {
  expect(spokenQueries(names).join('\n')).toContain(words);
}); // prettier-ignore

test('every word of a list is said, and every name', () => {
  const many = Array.from(
    { length: 400 },
    (_, at) => `Person${'abcdefghij'.charAt(at / 40)}${'x'.repeat((at % 40) + 1)} Doe`,
  );
  const said = spokenQueries(many).join('\n');
  for (const name of many) expect(said).toContain(name.split(' ')[0]);
  for (const word of ['thirty first', 'December', 'Sunday', 'youth', 'account', 'without attachments']) {
    expect(said).toContain(word);
  }
});

test('a mailbox with thousands of names, long ones and none makes no more sentences than that', () => {
  const thousands = Array.from(
    { length: 20_000 },
    (_, at) => `Nobody ${String.fromCodePoint(0x4e00 + (at % 5_000))}${at}`,
  );
  expect(spokenQueries(thousands).length).toBeLessThan(10_000);
  expect(spokenQueries(['word '.repeat(1_000)]).every((sentence) => sentence.length < 500)).toBe(true);
  expect(spokenQueries([]).length).toBeGreaterThan(2_000);
  expect(spokenQueries(['', '😀', '42', '()']).length).toBe(spokenQueries([]).length);
});
