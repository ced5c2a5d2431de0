import { understand } from './understand';
import type { MailQuery, Moment } from './mail-query';

/** A Wednesday, 10:30 in Kyiv. */
const moment: Moment = { now: new Date('2026-11-25T08:30:00.000Z'), timeZone: 'Europe/Kyiv' };
const understood = (text: string) => understand(text, moment);

describe('what is not understood is said, with what could be said instead', () => {
  test.each<[text: string, said: string, reason: RegExp, query: MailQuery]>([
    ['emails from', 'from', /Say a name/, {}],
    ['from about the budget', 'from', /Say a name/, { text: ['budget'] }],
    ['листи від', 'від', /Say a name/, {}],
    ['with subject', 'with subject', /Say it after it/, {}],
    ['emails I sent yesterday', 'I sent', /Say a name/, { after: '2026-11-23T22:00:00.000Z', before: '2026-11-24T22:00:00.000Z' }], // prettier-ignore
    ['not from Ivan', 'not from Ivan', /Leave it out/, {}],
    ['kernel except from Ivan', 'except from Ivan', /Leave it out/, { text: ['kernel'] }],
    ['without the word budget unread', 'without the word budget', /Leave it out/, { unread: true }],
    ["from my boss that I haven't answered", "haven't answered", /Leave it out/, { from: ['boss'] }],
    ['крім спаму', 'крім спаму', /Leave it out/, {}],
    ['not from:ivan', 'not', /Leave it out/, { from: ['ivan'] }],
    ['-spam kernel', '-spam', /Leave it out/, { text: ['kernel'] }],
    ['-from:"Ivan Petrenko" kernel', '-from:"Ivan Petrenko"', /Leave it out/, { text: ['kernel'] }],
    ['is:green', 'is:green', /Type one of: unread, read/, {}],
    ['has:tail', 'has:tail', /Type one of: attachment/, {}],
    ['category:cats', 'category:cats', /Type one of: action_required/, {}],
    ['label:work', 'label:work', /no such operator/, {}],
    ['older_than:soon', 'older_than:soon', /7d, 2w/, {}],
    ['after:soon', 'after:soon', /2026-03-15/, {}],
    ['after:2026-02-30', 'after:2026-02-30', /no such day/, {}],
    ['from:"" kernel', 'from:""', /missing/, { text: ['kernel'] }],
    ['unread and already read', 'already read', /opposite/, { unread: true }],
    ['is:starred is:unstarred', 'is:unstarred', /opposite/, { flagged: true }],
    ['spam and newsletters', 'newsletters', /one category/, { category: 'spam' }],
    ['31 February from Ivan', '31 February', /no such day/, { from: ['Ivan'] }],
    ['32 березня', '32 березня', /no such day/, {}],
    ['on 45.13.2026', 'on 45.13.2026', /no such day/, {}],
    ['between 15 and 1 March', 'between 15 and 1 March', /earlier date first/, {}],
    ['between 2 and 1 March', 'between 2 and 1 March', /earlier date first/, {}],
    ['from 5 April 2026 to 1 March 2026', 'from 5 April 2026 to 1 March 2026', /earlier date first/, {}],
    ['today in January', 'in January', /only one/, { after: '2026-11-24T22:00:00.000Z', before: '2026-11-25T22:00:00.000Z' }], // prettier-ignore
    ['Monday or Friday', 'Monday or Friday', /days between/, {}],
    ['recently', 'recently', /Say a time/, {}],
    ['нещодавно від Івана', 'нещодавно', /Say a time/, { from: ['Івана'] }],
    ['the last few days', 'the last few days', /Say a number/, {}],
    ['кілька днів тому', 'кілька днів тому', /Say a number/, {}],
    ['the last 24 hours', 'the last 24 hours', /whole days/, {}],
    ['at 12:30', 'at 12:30', /whole days/, {}],
    ['older_than:9999y', 'older_than:9999y', /1900/, {}],
    ['after:2026-02-31T00:00:00Z', 'after:2026-02-31T00:00:00Z', /2026-03-15/, {}],
    ['after:0000-01-01T00:00:00Z', 'after:0000-01-01T00:00:00Z', /2026-03-15/, {}],
    ['9999 years ago', '9999 years ago', /1900/, {}],
  ])('%s', (text, said, reason, query) => {
    const result = understood(text);
    expect(result.query).toEqual(query);
    expect(result.notUnderstood.map((left) => left.said)).toEqual([said]);
    expect(result.notUnderstood[0]?.reason).toMatch(reason);
  });

  test('more entries than a query may have', () => {
    const names = Array.from({ length: 22 }, (_, index) => `Name${String.fromCharCode(65 + index)}`);
    const { query, notUnderstood } = understood(`from ${names.join(' and ')}`);
    expect(query.from).toEqual(names.slice(0, 20));
    expect(notUnderstood.map(({ said }) => said)).toEqual(names.slice(20));
  });

  test('they are in the order of the text', () => {
    expect(understood('I sent -spam kernel').notUnderstood.map(({ said }) => said)).toEqual(['I sent', '-spam']);
  });

  test('a word that the end of the reading would cut', () => {
    const { query, notUnderstood } = understood('kernel '.repeat(1_000));
    expect(query).toEqual({ text: ['kernel'] });
    expect(notUnderstood.map(({ said, start }) => [said, start])).toEqual([['kernel', 1_995]]);
  });

  test('a word too long is cut, and not within a character', () => {
    expect(understood(`a${'𐐷'.repeat(60)}`).query.text).toEqual([`a${'𐐷'.repeat(49)}`]);
  });

  test('a text too long', () => {
    const text = 'мова '.repeat(10_000);
    const { query, chips, notUnderstood } = understood(text);
    expect(query).toEqual({ text: ['мова'] });
    expect(chips.length).toBe(400);
    expect(notUnderstood.map(({ said, start }) => [said, start])).toEqual([['мова', 2_000]]);
    expect(notUnderstood[0]?.reason).toMatch('2000 characters');
    expect(understood(Array.from({ length: 10_000 }, (_, index) => `w${index}`).join(' ')).query.text).toHaveLength(20);
    expect(understood('a'.repeat(50_000)).query.text).toEqual(['a'.repeat(100)]);
  });
});
