import fc from 'fast-check';
import { foldText } from './fold';
import { IndexTokens } from './index-tokens';

const tokens = new IndexTokens('019a1b2c-3d4e-7000-8000-00000000000a');
const mail = {
  words: foldText('Ivan ivan@example.org Нові рахунки: to be, to be'),
  subject: 'Нові рахунки',
  from: ['ivan@example.org'],
  to: ['anna@example.org'],
  sentAt: new Date('2026-03-31T23:30:00Z'),
};

test('a mail has the tokens of its words, its subject, its people and its month, each once and apart from the others', () => {
  const { all } = tokens.ofMail(mail);
  const wanted = [
    ...['ivan', 'example', 'org', 'новий', 'рахунок', 'to', 'be'].map((word) => tokens.word(word)),
    ...['новий', 'рахунок'].map((word) => tokens.subject(word)),
    tokens.person('from', 'ivan@example.org'),
    tokens.person('to', 'anna@example.org'),
    tokens.month(new Date('2026-03-01T00:00:00Z')),
  ];
  expect(all.trim().split(' ').sort()).toEqual(wanted.sort());
  expect(all).toMatch(/^ .* $/);
});

test('a word, a word of the subject, somebody and a month are never taken for one another', () => {
  const same = 'anna@example.org';
  const apart = [tokens.person('from', same), tokens.person('to', same), tokens.subject('s'), tokens.word('s')];
  expect(new Set([...apart, tokens.month(mail.sentAt)]).size).toBe(5);
});

test('another mailbox has tokens of its own', () => {
  const others = new IndexTokens('019a1b2c-3d4e-7000-8000-00000000000b').ofMail(mail).all.trim().split(' ');
  const ours = tokens.ofMail(mail).all.trim().split(' ');
  expect(others.filter((token) => ours.includes(token))).toEqual([]);
});

test('a token begins as what was typed of its word does, as far as that is how the stem begins', () => {
  expect(tokens.word('invoices').startsWith(tokens.beginning('invo'))).toBe(true);
  expect(tokens.word('рахунки').startsWith(tokens.beginning('рахун'))).toBe(true);
});

test('whatever is in a mail, InnoDB takes each token whole: letters, digits, marks and _, 3 to 84 of them', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  fc.assert(
    fc.property(text, text, (subject, words) => {
      for (const token of tokens
        .ofMail({ ...mail, subject, words: foldText(words) })
        .all.trim()
        .split(' ')) {
        expect(token).toMatch(/^[\p{L}\p{N}\p{M}_]+$/u);
        expect(Array.from(token).length).toBeGreaterThanOrEqual(3);
        expect(Array.from(token).length).toBeLessThanOrEqual(84);
      }
    }),
  );
});

test('people, subject and month are the head of all tokens', () => {
  const { head, all } = tokens.ofMail(mail);
  expect(all.startsWith(head)).toBe(true);
  expect(
    head
      .trim()
      .split(' ')
      .every((token) => token[3] === '_'),
  ).toBe(true);
  expect(
    all
      .slice(head.length)
      .trim()
      .split(' ')
      .some((token) => token[3] === '_'),
  ).toBe(false);
});
