import { personKeys } from './known-person';

test('a person is found by words and sounds of name and address, by both written as one, and by the domain', () => {
  const keys = personKeys({ address: 'i.petrenko85+lists@mail.nova-poshta.com.ua', names: ['Іван Петренко'] });
  expect(keys.sort()).toEqual(
    [
      ...['ivan', 'petrenko', 'ivanpetrenko', 'ipetrenko', 'novaposhta'],
      ...['~fn', '~ptrnk', '~nfpst'],
      ...['@mail.nova-poshta.com.ua', '@nova-poshta.com.ua', '@com.ua'],
    ].sort(),
  );
});

test.each([
  ['Dr. Ivan', 'x@a.example', ['ivan', '~fn', '@a.example']],
  ['Mr', '', ['mr']],
  ['', 'ipetrenko@gmail.com', ['ipetrenko', 'petrenko', '~ptrnk', '@gmail.com']],
  ['', 'ivan', ['ivan', '~fn']],
  ['', '', []],
  ['І. П.', '1234@567', []],
])('%j <%s>: %j', (name, address, expected) => {
  expect(personKeys({ address, names: [name] })).toEqual(expected);
});

test('a key holds no half of a letter', () => {
  const word = '𠀀'.repeat(12);
  const keys = personKeys({ address: `${word}@${word}.example`, names: [`a${word} ${word}`] });
  for (const key of keys) expect([key, key.isWellFormed()]).toEqual([key, true]);
  expect(Math.max(...keys.map(({ length }) => length))).toBe(40);
});

test('mailboxes that anybody can have are nobody’s organisation', () => {
  expect(personKeys({ address: 'x@gmail.com', names: [] })).toEqual(['@gmail.com']);
});
