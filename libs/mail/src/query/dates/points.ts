// Everything that a day, week, month or year can be called, as patterns with the period that is meant.
import { longestOf, meaning, pattern, remembering, type Captures, type Slot } from '../grammar/patterns';
import type { Amount, Unit } from '../lexicon/lexicon';
import { dayOf, isoWeek, monthOf, oneDay, quarterOf, weekOf, yearOf, type Day, type Period } from './calendar';
import {
  dayOfMonth,
  fixed,
  inWeek,
  inYear,
  latestOver,
  month,
  monthly,
  quarter,
  season,
  weekday,
  weekend,
  yearly,
  type Mention,
} from './mention';
import { dateSlots as slots, type DateInDigits } from './slots';

/** A mention, and whether its words mean it by themselves; otherwise only after a word such as "on". */
export interface Point {
  readonly mention: Mention;
  readonly isClear: boolean;
}

type Meant<Text extends string> = (found: Captures<Text, typeof slots>) => Mention;

const clear = <const Text extends string>(text: Text, meant: Meant<Text>): Slot<Point> =>
  meaning(pattern(text, slots), (found) => ({ mention: meant(found), isClear: true }));

const unclear = <const Text extends string>(text: Text, meant: Meant<Text>): Slot<Point> =>
  meaning(pattern(text, slots), (found) => ({ mention: meant(found), isClear: false }));

/** The day, week, month … that a day is in. */
export const around: Readonly<Record<Unit, (day: Day) => Period>> = {
  day: oneDay,
  week: weekOf,
  month: monthOf,
  quarter: quarterOf,
  year: yearOf,
};

/** The day that far before. Where its month is too short it is that month's last. */
export const back = (day: Day, { count, unit }: Amount): Day =>
  unit === 'quarter' ? day.subtract({ months: 3 * count }) : day.subtract({ [`${unit}s`]: count });

const daysAway = (distance: number): Mention => fixed((today) => oneDay(today.add({ days: distance })));
const ago = (amount: Amount): Mention => fixed((today) => oneDay(back(today, amount)));
/** The calendar's week, month … that many before the present one. */
const unitsBack = (unit: Unit, count: number): Mention => fixed((today) => around[unit](back(today, { count, unit })));

const dayInDigits = ({ year, month: number, day }: DateInDigits): Mention => {
  if (year === null) return dayOfMonth(day, number);
  const found = dayOf(year, number, day);
  return fixed(() => found && oneDay(found));
};

const thisWeekend = fixed((today) => {
  const { next } = weekOf(today);
  return { first: next.subtract({ days: 2 }), next };
});
const weekAround =
  (day: Mention): Mention =>
  (calendar, which) => {
    const found = day(calendar, which);
    return found && weekOf(found.first);
  };

/** yesterday */
const dayAway = clear('{daysAway} [{timeOfDay}]', (found) => daysAway(found.daysAway));

const days: readonly Slot<Point>[] = [
  // yesterday evening, two days ago, a week ago
  dayAway,
  clear('{timeOfDay} {daysAway}', (found) => daysAway(found.daysAway)),
  clear('{amount} {ago}', ({ amount }) => ago(amount)),
  clear('{oneOf} {unit} {ago}', ({ unit }) => ago({ count: 1, unit })),
  // Friday, last Friday, this Friday, Friday last week
  clear('{weekday} [{timeOfDay}]', (found) => weekday(found.weekday)),
  clear('{last} {weekday}', (found) => latestOver(weekday(found.weekday))),
  clear('{weekday} {last}', (found) => latestOver(weekday(found.weekday))),
  clear('{this} {weekday}', (found) => inWeek(found.weekday, unitsBack('week', 0))),
  clear('{weekday} [{of}] [{article}] {weeksAgo}', ({ weekday: number, weeksAgo }) =>
    inWeek(number, unitsBack('week', weeksAgo)),
  ),
  clear('{weeksAgo} [{of}] {weekday}', ({ weekday: number, weeksAgo }) => inWeek(number, unitsBack('week', weeksAgo))),
];

/** A day by its number and month. */
const calendarDays: readonly Slot<Point>[] = [
  // 15 March, the 15th of March 2026, March 15th, 2026, 15 March last year
  clear('{day} [{of}] {month}', (found) => dayOfMonth(found.day, found.month)),
  clear('{month} [{article}] {day}', (found) => dayOfMonth(found.day, found.month)),
  clear('{day} [{of}] {month} [{comma}] [{of}] {thatYear}', (found) =>
    inYear(dayOfMonth(found.day, found.month), found.thatYear),
  ),
  clear('{month} [{article}] {day} [{comma}] [{of}] {thatYear}', (found) =>
    inYear(dayOfMonth(found.day, found.month), found.thatYear),
  ),
  // 2026-03-15, 15.03.2026
  clear('{dateInDigits} [{yearNumber}]', (found) => dayInDigits(found.dateInDigits)),
];

const daysOfMonth: readonly Slot<Point>[] = [
  clear('{day} {dayNumber}', (found) => monthly(found.day)),
  // 15 числа; the 15th, and 15.03, which may be something else
  unclear('{loneOrdinal}', (found) => monthly(found.loneOrdinal)),
  clear('{dayAndMonthInDigits}', (found) => dayInDigits(found.dayAndMonthInDigits)),
];

/** The weekend, by this word alone. */
export const weekendPoint = clear('{weekend}', () => weekend);

const longer: readonly Slot<Point>[] = [
  // last week, this month, the year before last
  clear('{last} {unit}', ({ unit }) => unitsBack(unit, 1)),
  clear('{this} {unit}', ({ unit }) => unitsBack(unit, 0)),
  clear('{beforeLast} {unit}', ({ unit }) => unitsBack(unit, 2)),
  clear('{unit} {beforeLast}', ({ unit }) => unitsBack(unit, 2)),
  // the weekend, last weekend, this weekend
  weekendPoint,
  clear('{last} {weekend}', () => latestOver(weekend)),
  clear('{this} {weekend}', () => thisWeekend),
  // March, last March, March 2026, March last year
  clear('{monthName}', (found) => month(found.monthName)),
  unclear('{month}', (found) => month(found.month)),
  clear('{last} {month}', (found) => latestOver(month(found.month))),
  clear('{this} {month}', (found) => inYear(month(found.month), ({ year }) => year)),
  clear('{month} [{comma}] [{of}] {thatYear}', (found) => inYear(month(found.month), found.thatYear)),
  // summer, last summer, summer 2025
  clear('{inSeason}', (found) => season(found.inSeason)),
  unclear('{season}', (found) => season(found.season)),
  clear('{last} {season}', (found) => latestOver(season(found.season))),
  clear('{this} {season}', (found) => season(found.season)),
  clear('{season} [{of}] {thatYear}', (found) => inYear(season(found.season), found.thatYear)),
  // week 46, the 46th week of 2025, 2026-W46, the week of 9 November
  clear('{weekNumber} {cardinal}', ({ cardinal }) => yearly((year) => isoWeek(year, cardinal))),
  clear('{ordinal} {week}', ({ ordinal }) => yearly((year) => isoWeek(year, ordinal))),
  clear('{weekNumber} {cardinal} [{comma}] [{of}] {thatYear}', (found) =>
    fixed((today) => isoWeek(found.thatYear(today), found.cardinal)),
  ),
  clear('{ordinal} {week} [{of}] {thatYear}', (found) =>
    fixed((today) => isoWeek(found.thatYear(today), found.ordinal)),
  ),
  clear('{weekInDigits}', (found) => fixed(() => isoWeek(found.weekInDigits.year, found.weekInDigits.number))),
  meaning(
    pattern('{weekOf} [{article}] {dayOfWeek}', {
      ...slots,
      dayOfWeek: longestOf([...days, ...calendarDays, ...daysOfMonth]),
    }),
    ({ dayOfWeek }) => ({ mention: weekAround(dayOfWeek.mention), isClear: true }),
  ),
  // the second quarter, quarter three, Q3 2025
  clear('{quarter}', (found) => quarter(found.quarter)),
  clear('{quarter} [{of}] {thatYear}', (found) => inYear(quarter(found.quarter), found.thatYear)),
  // 2025, the year 2025, торік
  clear('{thatYear}', (found) =>
    fixed((today) => yearOf(today.with({ year: found.thatYear(today), month: 1, day: 1 }))),
  ),
];
/** Whatever a day, week, month, quarter, season or year is called; of several readings the longest. */
export const aPoint: Slot<Point> = remembering(longestOf([...days, ...calendarDays, ...daysOfMonth, ...longer]));

/** What a letter may be dated: yesterday, 3 September. */
export const datedDay: Slot<Point> = longestOf([dayAway, ...calendarDays]);
