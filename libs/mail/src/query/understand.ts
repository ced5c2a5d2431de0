// Understands what somebody says or types when they look for mails, in English and Ukrainian: a grammar, written by hand. The
// text is read once from left to right; at each place the first rule that knows the words there says what they mean, and the
// parts together make the query.
//
//     unread    emails   from Ivan Petrenko   and Maria    since Monday       about   the   new budget
//     unread    filler   from                 from         after              -       -     text text
//
// The rules are in grammar/ and dates/; they speak of classes of words, which lexicon/ lists for each language.
import { Calendar } from './dates/calendar';
import { intervalAt } from './dates/intervals';
import { assemble } from './grammar/assemble';
import { announcements, wordRules } from './rules/free-words';
import { negation } from './rules/negation';
import { operator, tokensOf } from './rules/operators';
import type { Tokens } from './grammar/patterns';
import { peopleRules } from './people/people';
import { advance, complete, missing, silent, type Course, type Part, type Reading, type Rule } from './grammar/rule';
import { stateRules } from './rules/states';
import { words } from './lexicon/words';
import type { Leftover, Moment, Understood } from './mail-query';

/** Characters of a text that are read. */
const MAX_TEXT = 2_000;

/** Right after "subject", a date without a preposition is a word of it: subject March report. */
const date: Rule = ({ tokens, calendar, awaits }, at) => {
  if (awaits?.field === 'subject' && awaits.next === at && !words.function(tokens, at)) return null;
  const found = intervalAt(tokens, at, calendar);
  if (!found) return null;
  const meaning =
    'problem' in found.value
      ? { field: null, reason: found.value.problem }
      : { field: 'date' as const, interval: found.value };
  return {
    ...complete(found.next, [{ first: at, next: found.next, meaning }]),
    ...(awaits?.field !== 'subject' && { awaits }),
  };
};

const withoutNegation: readonly Rule[] = [
  ...stateRules,
  operator,
  date,
  ...peopleRules,
  ...announcements,
  ...wordRules,
];
/**
 * The first that knows what is at a place has it. "Without attachments" is a state, and "not later than Friday" a date;
 * neither is a negation.
 */
const rules: readonly Rule[] = [...stateRules, date, negation(readBy(withoutNegation)), ...withoutNegation];

/**
 * What a text asks for, as seen from a moment: the query, the words that each part of it came from, and what was not
 * understood. Any text is understood somehow; an empty one asks for nothing in particular.
 * @throws RangeError if the moment has no valid date or time zone.
 */
export function understand(text: string, moment: Moment): Understood {
  const calendar = new Calendar(moment);
  const read = text.length <= MAX_TEXT ? text : text.slice(0, MAX_TEXT).replace(/\S{1,100}$/, '');
  const tokens = tokensOf(read);
  const understood = assemble(partsOf(tokens, calendar), tokens, text, calendar);
  return { ...understood, notUnderstood: [...understood.notUnderstood, ...unread(text, read.length)] };
}

function partsOf(tokens: Tokens, calendar: Calendar): readonly Part[] {
  let course: Course = { tokens, calendar, mode: 'free', awaits: null, isAfterWord: false, parts: [], run: 0 };
  let at = 0;
  const readAt = readBy(rules);
  while (at < tokens.length) {
    const reading = readAt(course, at);
    course = advance(course, reading);
    at = reading.next;
  }
  return [...course.parts, ...missing(course.awaits, [])].toSorted((one, other) => one.first - other.first);
}

function readBy(all: readonly Rule[]): (course: Course, at: number) => Reading {
  return (course, at) => {
    for (const rule of all) {
      const reading = rule(course, at);
      if (reading) return reading;
    }
    return silent(at + 1);
  };
}

/** Says where the reading of a long text ended. */
function unread(text: string, from: number): readonly Leftover[] {
  const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]{0,50}/gu;
  word.lastIndex = from;
  const match = from < text.length ? word.exec(text) : null;
  if (!match) return [];
  const reason = `From here on nothing was read. Say it in at most ${MAX_TEXT} characters.`;
  return [{ said: match[0], start: match.index, end: match.index + match[0].length, reason }];
}
