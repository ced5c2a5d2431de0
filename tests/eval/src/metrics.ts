// How well queries are understood: whole queries, their single slots, and their intervals of time.
import type { MailQuery } from '@sorting-office/mail';

/** What was meant, and what was made of it. */
export interface Pair {
  readonly expected: MailQuery;
  readonly got: MailQuery;
}

export interface Figures {
  readonly queries: number;
  /** The share of queries in which every slot is right and none is too much. */
  readonly exact: number;
  /** Of the slots that were found, the share that was meant. */
  readonly precision: number;
  /** Of the slots that were meant, the share that was found. */
  readonly recall: number;
  /** The harmonic mean of both, over all slots of all queries. */
  readonly f1: number;
  /** Queries with an instant in what was meant or in what was understood. */
  readonly dated: number;
  /** The share of those whose beginning and end are both right. */
  readonly intervals: number;
}

export function measure(pairs: readonly Pair[]): Figures {
  const counted = pairs.map(({ expected, got }) => {
    const meant = slots(expected);
    const found = slots(got);
    return { meant: meant.length, found: found.length, right: inBoth(meant, found) };
  });
  const sum = (key: 'meant' | 'found' | 'right') => counted.reduce((total, count) => total + count[key], 0);
  const dated = pairs.filter(({ expected, got }) => isDated(expected) || isDated(got));
  return {
    queries: pairs.length,
    exact: share(pairs.filter(isExact).length, pairs.length),
    precision: share(sum('right'), sum('found')),
    recall: share(sum('right'), sum('meant')),
    f1: share(2 * sum('right'), sum('found') + sum('meant')),
    dated: dated.length,
    intervals: share(dated.filter(hasSameInterval).length, dated.length),
  };
}

/** Whether the same was understood as was meant; the case of letters and the order of people and words do not matter. */
export function isExact({ expected, got }: Pair): boolean {
  const meant = slots(expected);
  const found = slots(got);
  return meant.length === found.length && inBoth(meant, found) === meant.length;
}

/** One for each value of a field, and for each entry of a list. */
function slots(query: MailQuery): string[] {
  return Object.entries(query).flatMap(([field, value]) =>
    [value].flat().map((entry) => `${field}:${String(entry).toLowerCase()}`),
  );
}

/** How many entries two lists share, where what occurs twice must be matched twice. */
function inBoth(some: readonly string[], others: readonly string[]): number {
  const left = [...others];
  return some.filter((entry) => {
    const index = left.indexOf(entry);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  }).length;
}

const isDated = ({ after, before }: MailQuery) => after !== undefined || before !== undefined;

const hasSameInterval = ({ expected, got }: Pair) => expected.after === got.after && expected.before === got.before;

/** Of nothing, everything is right. */
const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
