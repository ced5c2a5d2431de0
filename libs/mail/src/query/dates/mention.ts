// What people call a day, a week, a month or a year without saying which: "Friday", "March", "the 15th". Which one is meant
// depends on the day they say it and on what else they say.
import { dayOf, months, oneDay, weekOf, type Calendar, type Day, type Period } from './calendar';

/** Which of the periods called so: the latest that has begun by a day, or the earliest that begins on it or later. */
export type Which = { readonly latest: Day } | { readonly earliest: Day };

/** A period by what it is called; null if there is none, such as 31 February. */
export type Mention = (calendar: Calendar, which: Which) => Period | null;

/** A period that is the same whichever is asked for. */
export const fixed =
  (period: (today: Day) => Period | null): Mention =>
  ({ today }) =>
    period(today);

/** The 29th of February comes once in four years, and not in 1900. */
const YEARS = 8;

/** What comes in most years. */
export const yearly =
  (inYear: (year: number) => Period | null): Mention =>
  (_, which) => {
    const day = 'latest' in which ? which.latest : which.earliest;
    const years = Array.from({ length: YEARS + 2 }, (__, index) => index - 1);
    return pick(
      years.map((distance) => inYear('latest' in which ? day.year - distance : day.year + distance)),
      which,
    );
  };

/** The day of this number in a month, of which some have none. */
export const monthly =
  (number: number): Mention =>
  (_, which) => {
    const day = 'latest' in which ? which.latest : which.earliest;
    const nearby = [-1, 0, 1, 2].map((distance) =>
      'latest' in which ? day.subtract({ months: distance }) : day.add({ months: distance }),
    );
    return pick(
      nearby.map(({ year, month }) => {
        const found = dayOf(year, month, number);
        return found && oneDay(found);
      }),
      which,
    );
  };

const pick = (candidates: readonly (Period | null)[], which: Which): Period | null =>
  candidates.find((period) => period !== null && begins(period.first, which)) ?? null;

const begins = (first: Day, which: Which): boolean =>
  'latest' in which ? first.since(which.latest).sign <= 0 : first.since(which.earliest).sign >= 0;

/** Monday is 1. */
export const weekday =
  (number: number): Mention =>
  (_, which) => {
    if ('latest' in which) return oneDay(which.latest.subtract({ days: (which.latest.dayOfWeek - number + 7) % 7 }));
    return oneDay(which.earliest.add({ days: (number - which.earliest.dayOfWeek + 7) % 7 }));
  };

/** Saturday and Sunday. */
export const weekend: Mention = (calendar, which) => {
  const saturday = weekday(6)(calendar, which);
  return saturday && { first: saturday.first, next: saturday.first.add({ days: 2 }) };
};

export const month = (number: number): Mention => yearly((year) => months(year, number, 1));

export const quarter = (number: number): Mention =>
  yearly((year) => (number <= 4 ? months(year, 3 * number - 2, 3) : null));

/** Spring is 0; a winter begins in December, and belongs to the year it begins in. */
export const season = (number: number): Mention => yearly((year) => months(year, 3 + 3 * number, 3));

/** A day of a month in the latest or earliest year that has one. */
export const dayOfMonth = (day: number, inMonth: number): Mention =>
  yearly((year) => {
    const found = dayOf(year, inMonth, day);
    return found && oneDay(found);
  });

/** The same within one year. */
export const inYear =
  (mention: Mention, year: (today: Day) => number): Mention =>
  (calendar) => {
    const first = calendar.today.with({ year: year(calendar.today), month: 1, day: 1 });
    const found = mention(calendar, { earliest: first });
    return found?.first.year === first.year ? found : null;
  };

/** A day of the week that is called a week itself: Friday last week. */
export const inWeek =
  (number: number, week: Mention): Mention =>
  (calendar, which) => {
    const found = week(calendar, which);
    return found && oneDay(weekOf(found.first).first.add({ days: number - 1 }));
  };

/** The latest that is over, or for days has begun, before today: last Friday, last March, last summer. */
export const latestOver =
  (mention: Mention): Mention =>
  (calendar) => {
    const { today } = calendar;
    const latest = mention(calendar, { latest: today });
    if (!latest || latest.next.since(today).sign <= 0) return latest;
    return mention(calendar, { latest: latest.first.subtract({ days: 1 }) });
  };
