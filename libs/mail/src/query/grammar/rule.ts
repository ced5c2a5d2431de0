// What the rules of the grammar share: what words can mean, and how far a reading has come.
import type { Category } from '../../category';
import type { Calendar, Interval } from '../dates/calendar';
import type { Tokens } from './patterns';

export type EntryField = 'from' | 'to' | 'subject' | 'text';
export type FlagField = 'unread' | 'flagged' | 'hasAttachment';

/** What some words ask for; or, without a field, what is wrong with them and what could be said instead. */
export type Meaning =
  | { readonly field: EntryField; readonly entry: string }
  | { readonly field: 'date'; readonly interval: Interval }
  | { readonly field: FlagField; readonly value: boolean }
  | { readonly field: 'category'; readonly value: Category }
  | { readonly field: null; readonly reason: string };

/** What the tokens from `first` on and before `next` mean. */
export interface Part {
  readonly first: number;
  readonly next: number;
  readonly meaning: Meaning;
}

/** Where words without a sign of their own belong: nowhere yet, to what mails are about, or to the subject. */
export type Mode = 'free' | 'about' | 'subject';

/** Words that wait for what they announce; `reason` says what is missing should it not come. */
export interface Awaited {
  readonly field: 'from' | 'to' | 'subject';
  readonly first: number;
  readonly next: number;
  readonly reason: string | null;
}

/** How far the reading has come. */
export interface Course {
  readonly tokens: Tokens;
  readonly calendar: Calendar;
  readonly mode: Mode;
  readonly awaits: Awaited | null;
  /** Whether a free word, or a word of the subject, has just been read. */
  readonly isAfterWord: boolean;
  readonly parts: readonly Part[];
  /** The first of the parts that words such as "in the subject" speak of. */
  readonly run: number;
}

/** What a rule made of the tokens up to `next`. Whatever of the course it does not change stays. */
export interface Reading {
  readonly next: number;
  /** In place of the latest `replaces` parts. */
  readonly parts: readonly Part[];
  readonly replaces?: number;
  readonly mode?: Mode;
  readonly awaits?: Awaited | null;
  readonly isAfterWord?: boolean;
  readonly startsRun?: boolean;
}

/** Reads what is at a place; null if that is nothing that the rule knows. */
export type Rule = (course: Course, at: number) => Reading | null;

/** A reading of words that are complete in themselves, after which others begin anew. */
export const complete = (next: number, parts: readonly Part[]): Reading => ({
  next,
  parts,
  mode: 'free',
  awaits: null,
  isAfterWord: false,
  startsRun: true,
});

/** A reading of words that mean nothing by themselves. */
export const silent = (next: number, changes: Partial<Reading> = {}): Reading => ({ next, parts: [], ...changes });

/** The course after a reading. */
export function advance(course: Course, { parts, replaces = 0, startsRun, ...changes }: Reading): Course {
  const waiting = waitsOn(course.awaits, parts, changes.awaits);
  const kept = course.parts.slice(0, course.parts.length - replaces);
  const all = [...kept, ...(waiting === course.awaits ? [] : missing(course.awaits, parts)), ...parts];
  return {
    ...course,
    mode: changes.mode ?? course.mode,
    isAfterWord: changes.isAfterWord ?? course.isAfterWord,
    awaits: waiting,
    parts: all,
    run: startsRun ? all.length : course.run,
  };
}

/** A recipient may come much later: "I sent the contract with attachments to Maria". Other things come next or not at all. */
function waitsOn(awaits: Awaited | null, parts: readonly Part[], change: Awaited | null | undefined): Awaited | null {
  const isPatient = awaits?.field === 'to' && awaits.reason !== null;
  if (isPatient && !change && !parts.some(({ meaning }) => meaning.field === 'to')) return awaits;
  return change === undefined ? awaits : change;
}

/** What was announced and did not come. */
export const missing = (awaits: Awaited | null, parts: readonly Part[]): readonly Part[] =>
  awaits?.reason == null || parts.some(({ meaning }) => meaning.field === awaits.field)
    ? []
    : [{ first: awaits.first, next: awaits.next, meaning: { field: null, reason: awaits.reason } }];
