// What dates are made of: numbers in digits and words, months, days of the week, units, and dates in digits.
import type { Amount, Unit } from '../lexicon/lexicon';
import { isKnown, numbered, valueSlot, words } from '../lexicon/words';
import { longestOf, meaning, pattern, type Slot } from '../grammar/patterns';
import type { Token, Word } from '../grammar/tokens';
import type { Day } from './calendar';

const cardinalWord = valueSlot(({ cardinals }) => cardinals);
const ordinalWord = valueSlot(({ ordinals }) => ordinals);

/** A slot for a word written in a certain way. */
const written =
  <T>(pattern: RegExp, read: (match: RegExpExecArray) => T | null): Slot<T> =>
  (tokens, at) => {
    const token = tokens[at];
    const match = token?.kind === 'word' ? pattern.exec(unowned(token)) : null;
    const value = match && read(match);
    return value === null ? null : { value, next: at + 1 };
  };

/** 2025's */
const unowned = ({ said, owner }: Word): string => (owner === null ? said : said.slice(0, -2));

const firstOf =
  <T>(...slots: readonly Slot<T>[]): Slot<T> =>
  (tokens, at) => {
    for (const slot of slots) {
      const found = slot(tokens, at);
      if (found) return found;
    }
    return null;
  };

const digits = written(/^\d{1,4}$/, ([text]) => Number(text));

/** "twenty-five", which is one word. */
const hyphenated: Slot<number> = (tokens, at) => {
  const token = tokens[at];
  if (token?.kind !== 'word' || !token.folded.includes(' ')) return null;
  const parts = token.folded.split(' ').map((folded): Word => ({ ...token, folded, owner: null }));
  const found = inWords(firstOf(cardinalWord, ordinalWord))(parts, 0);
  return found?.next === parts.length ? { value: found.value, next: at + 1 } : null;
};

const isTens = (value: number): boolean => value >= 20 && value < 100 && value % 10 === 0;
const isUnit = (value: number): boolean => value >= 1 && value <= 9;

/** A number below a hundred in words: two, twenty five; the last word may have to be of a kind. */
const inWords =
  (last: Slot<number>): Slot<number> =>
  (tokens, at) => {
    const tens = cardinalWord(tokens, at);
    const unit = tens && isTens(tens.value) ? last(tokens, tens.next) : null;
    if (tens && unit && isUnit(unit.value)) return { value: tens.value + unit.value, next: unit.next };
    return last(tokens, at);
  };

const cardinal = firstOf(digits, hyphenated, inWords(cardinalWord));

/** 15th, 15-го, fifteenth, twenty-fifth, двадцять п'ятого. */
const ordinal = firstOf(
  written(/^(\d{1,2})(?:st|nd|rd|th|[-‑]?(?:го|е|те|ше|ге|ме|му|й|ий|а|ю|ї|тє|х))$/iu, ([, number]) => Number(number)),
  hyphenated,
  inWords(ordinalWord),
);

/** The day of a month: 15, 15th, fifteen, fifteenth; whether the month has it is seen later. */
const day = firstOf(
  ordinal,
  written(/^\d{1,2}$/, ([text]) => Number(text)),
  inWords(cardinalWord),
);

/** 2025, 2025-го, twenty twenty five, two thousand (and) six, дві тисячі двадцять п'ятого. */
const yearDigits = written(/^((?:19|20)\d\d)(?:[-‑](?:го|й|ий|му|м|ому|ого))?$/u, ([, year]) => Number(year));

const yearInWords: Slot<number> = (tokens, at) => {
  const start = cardinalWord(tokens, at);
  if (!start) return null;
  const thousand = start.value <= 2 ? words.thousand(tokens, start.next) : null;
  const any = inWords(firstOf(ordinalWord, cardinalWord));
  if (thousand) {
    const rest = firstOf(hyphenated, any)(tokens, thousand.next);
    return { value: start.value * 1000 + (rest?.value ?? 0), next: rest?.next ?? thousand.next };
  }
  if (start.value !== 19 && start.value !== 20) return null;
  const rest = firstOf(hyphenated, inWords(cardinalWord))(tokens, start.next);
  return rest && rest.value >= 10 && rest.value < 100
    ? { value: start.value * 100 + rest.value, next: rest.next }
    : null;
};

/** A year, with the word for it: in the year 2025, 2025 року. */
const year: Slot<number> = (tokens, at) => {
  const before = words.yearNumber(tokens, at);
  const number = firstOf(yearDigits, yearInWords)(tokens, before?.next ?? at);
  return number && { value: number.value, next: words.yearNumber(tokens, number.next)?.next ?? number.next };
};

const unit = valueSlot(({ units }) => (Object.keys(units) as Unit[]).map((name) => [units[name], name] as const));
const amountWord = valueSlot(({ amounts }) => amounts);

const week = valueSlot(({ units }) => [[units.week, true as const]]);
const quarterUnit = valueSlot(({ units }) => [[units.quarter, true as const]]);
const yearUnit = valueSlot(({ units }) => [[units.year, true as const]]);
const yearsAway = valueSlot(({ years }) => years);
const ofUnit = { ...words, week, yearUnit, year, yearsAway };

/** A year by its number or by its distance from this one: 2025, last year, торік. */
const thatYear: Slot<(today: Day) => number> = longestOf<(today: Day) => number>([
  meaning(pattern('{year}', ofUnit), (found) => () => found.year),
  meaning(pattern('{yearsAway}', ofUnit), (found) => (today) => today.year + found.yearsAway),
  meaning(pattern('{this} {yearUnit}', ofUnit), () => (today) => today.year),
  meaning(pattern('{last} {yearUnit}', ofUnit), () => (today) => today.year - 1),
  meaning(pattern('{beforeLast} {yearUnit}', ofUnit), () => (today) => today.year - 2),
]);

/** How many weeks ago a week was: last week, this week, позаминулого тижня. */
const weeksAgo: Slot<number> = longestOf([
  meaning(pattern('{this} {week}', ofUnit), () => 0),
  meaning(pattern('{last} {week}', ofUnit), () => 1),
  meaning(pattern('{beforeLast} {week}', ofUnit), () => 2),
  meaning(pattern('{week} {beforeLast}', ofUnit), () => 2),
]);

/** Three weeks, two months, half a year, a couple of days. */
const several: Slot<Amount> = (tokens, at) => {
  const word = amountWord(tokens, at);
  if (word) return word;
  const count = firstOf(cardinal, (place, index) => {
    const one = words.oneOf(place, index);
    return one && { value: 1, next: one.next };
  })(tokens, at);
  const of = count && unit(tokens, count.next);
  return of && { value: { count: count.value, unit: of.value }, next: of.next };
};

/** The same, or a week, as "past week" and «тиждень тому» mean one. */
const amount: Slot<Amount> = (tokens, at) => {
  const one = unit(tokens, at);
  return several(tokens, at) ?? (one && { value: { count: 1, unit: one.value }, next: one.next });
};

/** Days of a month, both included. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}
export interface MonthOfYear {
  readonly month: number;
  readonly thatYear?: (today: Day) => number;
}
export interface DateInDigits {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
}

/** 2026-03-15, 2026/3/15, 15.03.2026, 15/03/2026, 15.03.26, and 3/15/2026, where the day cannot be the month. */
const dateInDigits: Slot<DateInDigits> = firstOf(
  written(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, ([, y, m, d]) => ({
    year: Number(y),
    month: Number(m),
    day: Number(d),
  })),
  written(/^(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)?\d\d)(?:р|г)?$/, ([, a, b, y]) => {
    const [d, m] = Number(b) > 12 && Number(a) <= 12 ? [Number(b), Number(a)] : [Number(a), Number(b)];
    return { year: Number(y) < 100 ? 2000 + Number(y) : Number(y), month: m, day: d };
  }),
);
/** Whether a word that says nothing of dates is at a place. */
const isOther = (token: Token | undefined): boolean =>
  token?.kind === 'phrase' || (token?.kind === 'word' && !isKnown(token));

/** 15.03 and 15/03, which beside another word are something else: MariaDB 10.11. */
const dayAndMonth = written(/^(\d{1,2})[./](\d{2})$/, ([, d, m]) =>
  Number(m) >= 1 && Number(m) <= 12 ? { year: null, month: Number(m), day: Number(d) } : null,
);
const dayAndMonthInDigits: Slot<DateInDigits> = (tokens, at) => {
  const found = dayAndMonth(tokens, at);
  return found && !isOther(tokens[at - 1]) && !isOther(tokens[found.next]) ? found : null;
};

const months = valueSlot(({ months: names }) => numbered(names, 1));
const monthsBesideNumbers = valueSlot(({ monthsBesideNumbers: names }) => numbered(names, 1));

const month = firstOf(months, monthsBesideNumbers);
const thatMonth = { ...words, month, thatYear };

/** An ordinal that counts nothing: the ninth, but not the ninth floor. */
const loneOrdinal: Slot<number> = (tokens, at) => {
  const found = ordinal(tokens, at);
  return found && !isOther(tokens[found.next]) ? found : null;
};

export const dateSlots = {
  ...words,
  cardinal,
  ordinal,
  loneOrdinal,
  day,
  year,
  unit,
  several,
  amount,
  dateInDigits,
  dayAndMonthInDigits,
  /** A month by a name that is nothing else. */
  monthName: months,
  month,
  /** March, March 2026. */
  monthOfYear: longestOf<MonthOfYear>([
    meaning(pattern('{month}', thatMonth), (found) => found),
    meaning(pattern('{month} [{of}] {thatYear}', thatMonth), (found) => found),
  ]),
  weekday: valueSlot(({ weekdays }) => numbered(weekdays, 1)),
  season: valueSlot(({ seasons }) => numbered(seasons, 0)),
  inSeason: valueSlot(({ inSeasons }) => numbered(inSeasons, 0)),
  daysAway: valueSlot(({ days }) => days),
  thatYear,
  week,
  weeksAgo,
  /** 1-15, 3–7. */
  dayRange: written(/^(\d{1,2})[-–—](\d{1,2})$/, ([, first, last]) => ({ first: Number(first), last: Number(last) })),
  /** Q3, quarter three, the third quarter. */
  quarter: firstOf(
    written(/^[qк]([1-4])$/iu, ([, number]) => Number(number)),
    meaning(pattern('{quarterNumber} {cardinal}', { ...words, cardinal }), (found) => found.cardinal),
    meaning(pattern('{ordinal} {quarterUnit}', { ordinal, quarterUnit }), (found) => found.ordinal),
  ),
  /** 2026-W46. */
  weekInDigits: written(/^(\d{4})-?w(\d{1,2})$/i, ([, y, number]) => ({ year: Number(y), number: Number(number) })),
  /** 12:30, 5pm. */
  clock: written(/^(?:\d{1,2}:\d\d(?::\d\d)?|\d{1,2}(?:[ap]m))$/i, () => true as const),
  comma: ((tokens, at) => (tokens[at]?.kind === 'comma' ? { value: true, next: at + 1 } : null)) satisfies Slot<true>,
  dash: ((tokens, at) => (tokens[at]?.kind === 'dash' ? { value: true, next: at + 1 } : null)) satisfies Slot<true>,
} as const;
