// What is said of the days on which mails came: in March, since Monday, between 1 and 15 March, the last three days. Each
// pattern says how it makes an interval of the days that are mentioned.
import {
  longestOf,
  meaning,
  pattern,
  remembering,
  type Captures,
  type Found,
  type Slot,
  type Tokens,
} from '../grammar/patterns';
import type { Amount, Unit } from '../lexicon/lexicon';
import { dayOf, isPlausible, type Calendar, type Day, type Interval, type Period } from './calendar';
import { fixed, inYear, yearly, type Mention } from './mention';
import { aPoint, around, back, datedDay, weekendPoint, type Point } from './points';
import { dateSlots, type DayRange, type MonthOfYear } from './slots';

/** Days from the first one on, up to the last one and without it. */
interface Bounds {
  readonly first?: Day;
  readonly next?: Day;
}
/** What is wrong with a date, and what could be said instead. */
export interface Problem {
  readonly problem: string;
}

/** The days meant, as seen from today. */
type Meant = (calendar: Calendar) => Bounds | Problem;

const NO_SUCH_DAY: Problem = { problem: 'There is no such day. Say one that the calendar has, such as "15 March".' };
const BACKWARDS: Problem = { problem: 'This ends before it begins. Say the earlier date first.' };
const UNLIKELY: Problem = { problem: 'No mail is from then. Say a year from 1900 on.' };
const FEW: Problem = { problem: 'How many is not said. Say a number: "the last 3 days".' };
const VAGUE: Problem = { problem: 'When that was is not said. Say a time: "last week", "the last 3 days".' };
const HOURS: Problem = { problem: 'Mails are looked for by whole days. Say a day: "today", "15 March".' };

const slots = {
  ...dateSlots,
  point: aPoint,
  datedDay,
  weekendPoint,
  clearPoint: ((tokens, at) => {
    const found = aPoint(tokens, at);
    return found?.value.isClear ? found : null;
  }) satisfies Slot<Point>,
};

const says = <const Text extends string>(
  text: Text,
  meant: (found: Captures<Text, typeof slots>) => Meant,
): Slot<Meant> => meaning(pattern(text, slots), meant);

/** What a latest period makes of itself. */
const latest =
  (mention: Mention, bounds: (period: Period) => Bounds): Meant =>
  (calendar) => {
    const period = mention(calendar, { latest: calendar.today });
    return period ? bounds(period) : NO_SUCH_DAY;
  };

const within = ({ mention }: Point): Meant => latest(mention, (period) => period);
const since = ({ mention }: Point): Meant => latest(mention, ({ first }) => ({ first }));
const after = ({ mention }: Point): Meant => latest(mention, ({ next }) => ({ first: next }));
const before = ({ mention }: Point): Meant => latest(mention, ({ first }) => ({ next: first }));
const until = ({ mention }: Point): Meant => latest(mention, ({ next }) => ({ next }));

/**
 * Both included. Of those called so, the last is the earliest after the first, so that a range without years may cross a
 * New Year; but a year that is said of the last one is also that of the first.
 */
const range =
  ({ mention: from }: Point, { mention: to }: Point): Meant =>
  (calendar) => {
    const { today } = calendar;
    const said = to(calendar, { latest: today });
    const isOnlyOne = said && to(calendar, { earliest: said.next })?.first.equals(said.first);
    const begin = from(calendar, { latest: isOnlyOne ? said.first : today });
    const end = begin && to(calendar, { earliest: begin.first });
    return begin && end ? { first: begin.first, next: end.next } : NO_SUCH_DAY;
  };

/** Two periods of which one follows the other: today and yesterday, March and April. */
const either =
  (one: Point, other: Point): Meant =>
  (calendar) => {
    const [a, b] = [one, other].map(({ mention }) => mention(calendar, { latest: calendar.today }));
    if (!a || !b) return NO_SUCH_DAY;
    if (a.next.equals(b.first)) return { first: a.first, next: b.next };
    if (b.next.equals(a.first)) return { first: b.first, next: a.next };
    return { problem: 'There are days between these two. Say one of them, or "between" for all days.' };
  };

/** Up to the end of today: so many days with today, or since the same day so many weeks, months, years ago. */
const past =
  (amount: Amount): Meant =>
  ({ today }) => ({
    first: amount.unit === 'day' ? today.subtract({ days: amount.count - 1 }) : back(today, amount),
    next: today.add({ days: 1 }),
  });

const olderThan =
  (amount: Amount): Meant =>
  ({ today }) => ({ next: back(today, amount) });
const newerThan =
  (amount: Amount): Meant =>
  ({ today }) => ({ first: back(today, amount) });

/** The present week, month, year … */
const present = (unit: Unit): Point => ({ mention: fixed((today) => around[unit](today)), isClear: true });

/** Days of one month, the last one included. */
const days = ({ first, last }: DayRange, { month, thatYear }: MonthOfYear): Meant => {
  const inSome = yearly((year) => {
    const [from, to] = [dayOf(year, month, first), dayOf(year, month, last)];
    return from && to && { first: from, next: to.add({ days: 1 }) };
  });
  return latest(thatYear ? inYear(inSome, thatYear) : inSome, (period) => period);
};

const refused = (problem: Problem) => (): Meant => () => problem;

const intervals: readonly Slot<Meant>[] = [
  // in March, on Friday, yesterday, at the weekend
  says('[{in}] [{in2=in}] [{article}] {clearPoint}', (found) => within(found.clearPoint)),
  says('{in} [{article}] {point}', (found) => within(found.point)),
  says('{dated} {datedDay}', (found) => within(found.datedDay)),
  says('{since} [{article}] {weekendPoint}', (found) => within(found.weekendPoint)),
  // since Monday, from Monday on, since the beginning of the year
  says('{since} [{article}] {point}', (found) => since(found.point)),
  says('{in} [{article}] {point} {onwards}', (found) => since(found.point)),
  says('{since} [{article}] {point} {onwards}', (found) => since(found.point)),
  says('{since} [{article}] {beginning} [{article}] {point}', (found) => since(found.point)),
  says('{since} [{article}] {beginning} [{article}] {unit}', (found) => since(present(found.unit))),
  // after 5 April, before March, until Friday, to 1 March inclusive
  says('{after} [{article}] {point}', (found) => after(found.point)),
  says('{before} [{article}] [{beginning}] [{article}] {point}', (found) => before(found.point)),
  says('{until} [{article}] [{end}] [{article}] {point}', (found) => until(found.point)),
  says('{before} [{article}] {end} [{article}] {point}', (found) => until(found.point)),
  says('{before} [{article}] {point} {inclusive}', (found) => until(found.point)),
  says('{until} [{article}] {point} {inclusive}', (found) => until(found.point)),
  // between March and May, from 1 March to 5 April, Monday – Wednesday
  says('{between} [{article}] {from=point} {and} [{article}] {to=point}', (found) => range(found.from, found.to)),
  says('[{in}] [{since}] [{article}] {from=point} {upTo} [{article}] {to=point} [{inclusive}]', (found) =>
    range(found.from, found.to),
  ),
  says('[{in}] [{since}] {from=point} {dash} {to=point}', (found) => range(found.from, found.to)),
  // between 1 and 15 March, from 1 to 15 March, 1-15 March, March 1 to 15
  says('{between} [{article}] {first=day} {and} [{article}] {last=day} [{of}] {monthOfYear}', (found) =>
    days(found, found.monthOfYear),
  ),
  says('[{in}] [{since}] [{article}] {first=day} {upTo} [{article}] {last=day} [{of}] {monthOfYear}', (found) =>
    days(found, found.monthOfYear),
  ),
  says('[{in}] [{since}] [{article}] {first=day} {dash} {last=day} [{of}] {monthOfYear}', (found) =>
    days(found, found.monthOfYear),
  ),
  says('[{in}] [{since}] [{article}] {dayRange} [{of}] {monthOfYear}', (found) =>
    days(found.dayRange, found.monthOfYear),
  ),
  says('[{in}] [{since}] {month} {dayRange}', (found) => days(found.dayRange, found)),
  says('[{in}] [{since}] {month} {first=day} {upTo} {last=day}', (found) => days(found, found)),
  says('{between} {month} {first=day} {and} {last=day}', (found) => days(found, found)),
  // yesterday and today, March or April
  says('[{in}] {one=clearPoint} {and} [{in2=in}] {other=clearPoint}', (found) => either(found.one, found.other)),
  // the last three days, the past week, за тиждень
  says('[{in}] [{in2=in}] [{article}] {recent} {several}', (found) => past(found.several)),
  says('[{in}] [{in2=in}] [{article}] {recentOne} {unit}', (found) => past({ count: 1, unit: found.unit })),
  says('{throughout} {amount}', (found) => past(found.amount)),
  // older than two weeks, newer than a month
  says('{olderThan} {amount} [{ago}]', (found) => olderThan(found.amount)),
  says('{newerThan} {amount} [{ago}]', (found) => newerThan(found.amount)),
  // What says too little: recently, the last few days; and what cannot be looked for: three hours ago, at 12:30.
  says('{vague}', refused(VAGUE)),
  says('[{in}] [{article}] [{recent}] {few} {unit} [{ago}]', refused(FEW)),
  says('[{in}] [{article}] [{recent}] {cardinal} {partOfDay} [{ago}]', refused(HOURS)),
  says('[{in}] [{article}] {recent} {partOfDay}', refused(HOURS)),
  says('[{in}] {clock}', refused(HOURS)),
];

const anInterval = remembering(longestOf(intervals));

/** The interval, or what is wrong with it, that words at a place say; null if they say none. */
export function intervalAt(tokens: Tokens, at: number, calendar: Calendar): Found<Interval | Problem> | null {
  const found = anInterval(tokens, at);
  return found && { value: resolve(found.value, calendar), next: found.next };
}

/** Whether words at a place say when something was. */
export const isDateAt = (tokens: Tokens, at: number): boolean => anInterval(tokens, at) !== null;

/** The interval that a point makes with a typed operator such as `after:`. */
export function pointAt(
  tokens: Tokens,
  kind: 'on' | 'after' | 'before',
  calendar: Calendar,
): Interval | Problem | null {
  const found = aPoint(tokens, 0);
  if (found?.next !== tokens.length) return null;
  return resolve({ on: within, after: since, before }[kind](found.value), calendar);
}

/** The interval before, or since, the start of the day that long ago. */
export const ageOf = (kind: 'older' | 'newer', amount: Amount, calendar: Calendar): Interval | Problem =>
  resolve({ older: olderThan, newer: newerThan }[kind](amount), calendar);

function resolve(meant: Meant, calendar: Calendar): Interval | Problem {
  const bounds = meant(calendar);
  if ('problem' in bounds) return bounds;
  const { first, next } = bounds;
  if (first && next && first.since(next).sign >= 0) return BACKWARDS;
  if (![first, next].every((day) => !day || isPlausible(day))) return UNLIKELY;
  return { ...(first && { after: calendar.startOf(first) }), ...(next && { before: calendar.startOf(next) }) };
}
