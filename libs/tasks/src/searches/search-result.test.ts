import type { Chip } from '@sorting-office/mail';
import { chipsWithPeople, nobodies } from './search-result';

const chip = (field: Chip['field'], operator: string, said: string): Chip => ({
  field,
  operator,
  said,
  start: 0,
  end: said.length,
});
const ivan = { name: 'Іван', address: 'ivan@example.org', mails: 3 };
const people = {
  from: [
    { said: 'Івана', people: [ivan] },
    { said: 'Jane Doe', people: [] },
  ],
  to: [{ said: 'Івана', people: [] }],
};

test('each name gets the people whom it means there, and nothing else gets any', () => {
  const chips = [
    chip('from', 'from:Івана', 'від Івана'),
    chip('to', 'to:Івана', 'до Івана'),
    chip('text', 'Івана', 'Івана'),
  ];
  expect(chipsWithPeople(chips, people).map((one) => one.people)).toEqual([[ivan], [], undefined]);
});

test('whom nobody knows is said, in the words that it came from', () => {
  const chips = [chip('from', 'from:Івана', 'від Івана'), chip('from', 'from:"Jane Doe"', 'from Jane Doe')];
  expect(nobodies(chips, people)).toEqual([
    { said: 'from Jane Doe', start: 0, end: 13, reason: 'nobody in this mailbox is called "Jane Doe"' },
  ]);
});
