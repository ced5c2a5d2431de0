// Days in somebody's time zone, and the instants at which they begin.
import { Temporal } from 'temporal-polyfill';
import type { Moment } from '../mail-query';

export type Day = Temporal.PlainDate;

/** Whole days: the first one, and the first one that is not part of it any more. */
export interface Period {
  readonly first: Day;
  readonly next: Day;
}

/** UTC instants: from `after` on, up to `before` and not at it. */
export interface Interval {
  readonly after?: string;
  readonly before?: string;
}

/** Mails are not older, nor will there be any later; what reaches beyond these years is a slip. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

/** The day that it is for somebody, and what days are for them as instants. */
export class Calendar {
  readonly today: Day;

  /** @throws RangeError if there is no such time zone, or the moment is an invalid date. */
  constructor(private readonly moment: Moment) {
    this.today = Temporal.Instant.fromEpochMilliseconds(moment.now.getTime())
      .toZonedDateTimeISO(moment.timeZone)
      .toPlainDate();
  }

  /** `2026-11-15T22:00:00.000Z`. A day begins at its first instant, which is not midnight where the clocks change then. */
  startOf(day: Day): string {
    return new Date(day.toZonedDateTime(this.moment.timeZone).epochMilliseconds).toISOString();
  }

  /** `2026-11-16` for the instant at which that day begins, and otherwise the instant itself. */
  describe(instant: string): string {
    const day = Temporal.Instant.from(instant).toZonedDateTimeISO(this.moment.timeZone).toPlainDate();
    return this.startOf(day) === instant ? day.toString() : instant;
  }
}

/** Whether mails may bear such a day. */
export const isPlausible = (day: Day): boolean => day.year >= FIRST_YEAR && day.year <= LAST_YEAR;

/** A day of a year; null if that month has no such day. */
export function dayOf(year: number, month: number, day: number): Day | null {
  if (month < 1 || month > 12 || day < 1) return null;
  const first = new Temporal.PlainDate(year, month, 1);
  return day <= first.daysInMonth ? first.with({ day }) : null;
}

export const oneDay = (day: Day): Period => ({ first: day, next: day.add({ days: 1 }) });

/** Monday to Sunday, as ISO 8601 has it. */
export function weekOf(day: Day): Period {
  const first = day.subtract({ days: day.dayOfWeek - 1 });
  return { first, next: first.add({ weeks: 1 }) };
}

export const monthOf = (day: Day): Period => months(day.year, day.month, 1);

export const quarterOf = (day: Day): Period => months(day.year, day.month - ((day.month - 1) % 3), 3);

export const yearOf = (day: Day): Period => months(day.year, 1, 12);

/** That many months, from the first day of this one. */
export function months(year: number, month: number, count: number): Period {
  const first = new Temporal.PlainDate(year, month, 1);
  return { first, next: first.add({ months: count }) };
}

/** The week of this number as ISO 8601 counts them: week 1 is the one of 4 January; null if the year has fewer. */
export function isoWeek(year: number, number: number): Period | null {
  const { first } = weekOf(new Temporal.PlainDate(year, 1, 4));
  const week = weekOf(first.add({ weeks: number - 1 }));
  return number >= 1 && week.first.yearOfWeek === year ? week : null;
}
