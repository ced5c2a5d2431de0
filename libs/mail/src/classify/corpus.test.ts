// Holds what classification reaches on 6,046 real mails, knowing nothing about their owner. The floors are a little
// below what is reached, so that a change that costs something is noticed.
import type { Category } from '../category';
import { parseMail } from '../parse/parse-mail';
import { headerOf, type ParsedMail } from '../parse/parsed-mail';
import { readCorpus, type Group } from '../testing/corpus';
import { classify } from './classify';
import { verdictSchema, type Verdict } from './verdict';

interface Classified {
  readonly group: Group;
  readonly mail: ParsedMail;
  readonly verdict: Verdict;
}

const nobody = { ownerAddresses: new Set<string>(), correspondents: new Set<string>() };
const classified: Classified[] = [];

beforeAll(async () => {
  for (const { group, raw } of readCorpus()) {
    const mail = await parseMail(raw);
    classified.push({ group, mail, verdict: classify(mail, nobody) });
  }
}, 240_000);

const isSpam = ({ group }: Classified): boolean => group.startsWith('spam');
const count = (group: Group, ...among: readonly Category[]): number =>
  classified.filter((each) => each.group === group && among.includes(each.verdict.category)).length;

test('every mail is read as something, and every verdict has its reasons', () => {
  expect(classified).toHaveLength(6_046);
  for (const { mail, verdict } of classified) {
    expect(verdictSchema.parse(verdict)).toEqual(verdict);
    expect(mail.from !== null || mail.problems.length > 0 || mail.text !== '').toBe(true);
    if (mail.problems.length > 0) expect(verdict.category).toBe('review');
  }
});

test('only spam cannot be read', () => {
  const unreadable = classified.filter(({ mail }) => mail.problems.length > 0);
  expect(unreadable.length).toBeLessThanOrEqual(95);
  expect(unreadable.every(isSpam)).toBe(true);
});

test('hardly any good mail is called spam: none of the easy one, and one in forty of what looks like spam to everybody', () => {
  expect(count('easy-ham-1', 'spam') + count('easy-ham-2', 'spam')).toBe(0);
  expect(count('hard-ham-1', 'spam')).toBeLessThanOrEqual(8);
});

test('three quarters of the spam are found', () => {
  const spam = classified.filter(isSpam);
  const found = spam.filter(({ verdict }) => verdict.category === 'spam');
  expect(found.length / spam.length).toBeGreaterThan(0.74);
});

test('what a discussion list says is its own is never filed as advertising', () => {
  const ofLists = classified.filter((each) => !isSpam(each) && headerOf(each.mail, 'list-post').startsWith('<mailto:'));
  expect(ofLists.length).toBeGreaterThan(2_000);
  expect(ofLists.filter(({ verdict }) => ['promotion', 'newsletter'].includes(verdict.category))).toEqual([]);
  expect(ofLists.filter(({ verdict }) => verdict.category === 'forum').length).toBeGreaterThan(ofLists.length * 0.98);
});

test('little good mail is left for its owner to decide', () => {
  expect(count('easy-ham-1', 'review')).toBeLessThan(45);
  expect(count('easy-ham-2', 'review')).toBeLessThan(25);
  expect(count('hard-ham-1', 'review')).toBeLessThan(45);
});

test('newsletters and offers are told from letters', () => {
  expect(count('hard-ham-1', 'newsletter', 'promotion', 'forum', 'notification')).toBeGreaterThan(195);
  expect(count('hard-ham-1', 'personal')).toBeLessThanOrEqual(2);
});
