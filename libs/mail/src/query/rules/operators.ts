// Typed operators: from:ivan subject:"holiday plans" has:attachment is:unread category:receipt newer_than:7d. They mean their
// value and nothing of what is after them.
import type { Calendar, Interval } from '../dates/calendar';
import { ageOf, pointAt, type Problem } from '../dates/intervals';
import type { Unit } from '../lexicon/lexicon';
import { entryOf } from '../grammar/entries';
import { NO_NEGATION } from './negation';
import { categoryCalled } from './states';
import { complete, type EntryField, type Meaning, type Rule } from '../grammar/rule';
import { tokenizer, type Operator } from '../grammar/tokens';
import { categories } from '../../category';

const wrong = (reason: string): Meaning => ({ field: null, reason });

type Reader = (value: string, calendar: Calendar) => Meaning;

const entry =
  (field: EntryField): Reader =>
  (value) => {
    const said = entryOf(value);
    return said === '' ? wrong('A value is missing after the colon.') : { field, entry: said };
  };

/** Of the years that mails may be of. */
const INSTANT = /^(?:19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/i;
/** `2026-11-15T22:00:00.000Z`; null if it is no instant, or on a day that the calendar has not. */
function instantOf(value: string): string | null {
  const instant = INSTANT.test(value) ? new Date(value) : null;
  if (!instant || Number.isNaN(instant.getTime())) return null;
  return instant.toISOString().startsWith(value.slice(0, 10)) ? instant.toISOString() : null;
}

const dateWords = tokenizer([]);

/** after:2026-03-01, before:2026/03/01, on:yesterday */
const date =
  (kind: 'on' | 'after' | 'before'): Reader =>
  (value, calendar) => {
    const instant = kind === 'on' ? null : instantOf(value);
    if (instant !== null) return { field: 'date', interval: { [kind]: instant } };
    return dated(pointAt(dateWords(value), kind, calendar));
  };

const dated = (found: Interval | Problem | null): Meaning => {
  if (!found) return wrong('This is no date. Type one as 2026-03-15.');
  return 'problem' in found ? wrong(found.problem) : { field: 'date', interval: found };
};

const AGE = /^(\d{1,4})([dwmyднтмр])$/iu;
const units: Readonly<Record<string, Unit>> = {
  d: 'day',
  w: 'week',
  m: 'month',
  y: 'year',
  д: 'day',
  т: 'week',
  м: 'month',
  р: 'year',
};

/** older_than:2w, newer_than:7d: before or from the start of the day that long ago. */
const age =
  (kind: 'older' | 'newer'): Reader =>
  (value, calendar) => {
    const [, count, letter = ''] = AGE.exec(value) ?? [];
    const unit = units[letter.toLowerCase()];
    if (!unit) return wrong('This is no length of time. Type one as 7d, 2w, 3m or 1y.');
    return dated(ageOf(kind, { count: Number(count), unit }, calendar));
  };

/** One of some words, with the meaning of each. */
const oneOf =
  (meanings: Readonly<Record<string, Meaning>>): Reader =>
  (value) =>
    meanings[value.toLowerCase()] ?? wrong(`There is no such value. Type one of: ${Object.keys(meanings).join(', ')}.`);

const category: Reader = (value) => {
  const name = categories.find((one) => one === value.toLowerCase().replace(/[\s-]/g, '_'));
  const found = name ?? categoryCalled(dateWords(value));
  return found
    ? { field: 'category', value: found }
    : wrong(`There is no such category. Type one of: ${categories.join(', ')}.`);
};

const unsupported: Reader = () =>
  wrong(
    'There is no such operator. Type from:, to:, subject:, has:attachment, is:unread, is:starred, category:, after: or before:.',
  );

const state = oneOf({
  unread: { field: 'unread', value: true },
  read: { field: 'unread', value: false },
  starred: { field: 'flagged', value: true },
  flagged: { field: 'flagged', value: true },
  unstarred: { field: 'flagged', value: false },
  unflagged: { field: 'flagged', value: false },
  important: { field: 'category', value: 'important' },
  непрочитане: { field: 'unread', value: true },
  прочитане: { field: 'unread', value: false },
  позначене: { field: 'flagged', value: true },
});
const has = oneOf({
  attachment: { field: 'hasAttachment', value: true },
  attachments: { field: 'hasAttachment', value: true },
  file: { field: 'hasAttachment', value: true },
  вкладення: { field: 'hasAttachment', value: true },
});
const hasNo = oneOf({
  attachment: { field: 'hasAttachment', value: false },
  attachments: { field: 'hasAttachment', value: false },
});

const readers: Readonly<Record<string, Reader>> = {
  from: entry('from'),
  від: entry('from'),
  to: entry('to'),
  кому: entry('to'),
  до: entry('to'),
  subject: entry('subject'),
  тема: entry('subject'),
  text: entry('text'),
  текст: entry('text'),
  has,
  має: has,
  no: hasNo,
  is: state,
  є: state,
  category,
  категорія: category,
  after: date('after'),
  since: date('after'),
  після: date('after'),
  before: date('before'),
  on: date('on'),
  older_than: age('older'),
  newer_than: age('newer'),
  ...Object.fromEntries(
    ['cc', 'bcc', 'label', 'in', 'filename', 'larger', 'smaller', 'size', 'list', 'deliveredto', 'rfc822msgid'].map(
      (key) => [key, unsupported],
    ),
  ),
};

/** Cuts a query into tokens. */
export const tokensOf = tokenizer(Object.keys(readers));

export const operator: Rule = ({ tokens, calendar }, at) => {
  const token = tokens[at];
  if (token?.kind === 'negated') {
    return complete(at + 1, [{ first: at, next: at + 1, meaning: wrong(NO_NEGATION) }]);
  }
  if (token?.kind !== 'operator') return null;
  const meaning = read(token, calendar);
  const parts = [{ first: at, next: at + 1, meaning }];
  // A word is a word, whether it is typed with its operator or not.
  if (meaning.field === 'text') return { next: at + 1, parts, awaits: null, isAfterWord: true };
  return complete(at + 1, parts);
};

const read = ({ key, value }: Operator, calendar: Calendar): Meaning => (readers[key] ?? unsupported)(value, calendar);
