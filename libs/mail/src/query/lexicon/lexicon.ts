// What the grammar knows of a language: its words, by what they do. The grammar itself names only these classes, so that one
// rule serves both languages, and a sentence that mixes them.
import type { Category } from '../../category';

/** What a word, or a phrase, does in a query. */
export type WordClass =
  // people
  | 'from'
  | 'by'
  | 'outOf'
  | 'to'
  | 'for'
  | 'me'
  | 'i'
  | 'mine'
  | 'who'
  | 'anyoneAt'
  | 'did'
  | 'write'
  | 'wrote'
  | 'participle'
  | 'wroteTo'
  | 'sentParticiple'
  | 'relative'
  | 'whereIn'
  | 'title'
  | 'organisation'
  /** Names of organisations that are made of words which mean something here. */
  | 'nameOfWords'
  | 'particle'
  | 'at'
  | 'dot'
  | 'underscore'
  | 'hyphen'
  // words
  | 'subject'
  | 'inside'
  | 'aboutOnly'
  | 'about'
  | 'and'
  | 'not'
  | 'article'
  | 'mails'
  | 'filler'
  | 'function'
  | 'polite'
  | 'topic'
  | 'vague'
  // states
  | 'with'
  | 'without'
  | 'attachment'
  | 'file'
  | 'attached'
  | 'unread'
  | 'read'
  | 'readOne'
  | 'flagged'
  | 'notFlagged'
  | 'marked'
  | 'inFolder'
  | 'folder'
  // dates
  | 'in'
  | 'since'
  | 'dated'
  | 'onwards'
  | 'after'
  | 'before'
  | 'until'
  | 'inclusive'
  | 'between'
  | 'upTo'
  | 'last'
  | 'beforeLast'
  | 'this'
  | 'recent'
  | 'recentOne'
  | 'throughout'
  | 'partOfDay'
  | 'ago'
  | 'olderThan'
  | 'newerThan'
  | 'beginning'
  | 'end'
  | 'of'
  | 'weekend'
  | 'weekOf'
  | 'weekNumber'
  | 'quarterNumber'
  | 'few'
  | 'oneOf'
  | 'dayNumber'
  | 'yearNumber'
  | 'thousand'
  | 'timeOfDay';

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';
/** A span of time that has a length without a number. */
export interface Amount {
  readonly count: number;
  readonly unit: Unit;
}

type Four<T> = readonly [T, T, T, T];
type Twelve<T> = readonly [T, T, T, T, T, T, T, T, T, T, T, T];

/**
 * The words of a language. In each text commas separate phrases, | separates words of which any will do, and a word in
 * brackets may be left out: `need|needs [a|an] reply`.
 */
export interface Lexicon {
  readonly classes: Readonly<Record<WordClass, string>>;
  /** What is found in a mailbox: "receipts". They mean the category wherever they are. */
  readonly categoryNouns: Readonly<Record<Category, string>>;
  /** What mails may be: "personal". They mean the category unless they describe something else. */
  readonly categoryAdjectives: Readonly<Partial<Record<Category, string>>>;
  /** Days by their distance from today. */
  readonly days: readonly (readonly [phrases: string, distance: number])[];
  /** Years by their distance from this one. */
  readonly years: readonly (readonly [phrases: string, distance: number])[];
  readonly units: Readonly<Record<Unit, string>>;
  readonly amounts: readonly (readonly [phrases: string, amount: Amount])[];
  /** January first. Abbreviations, and names that are also something else, mean a month only beside a number or a preposition. */
  readonly months: Twelve<string>;
  readonly monthsBesideNumbers: Twelve<string>;
  /** Monday first. */
  readonly weekdays: readonly [string, string, string, string, string, string, string];
  /** Spring, summer, autumn, winter. */
  readonly seasons: Four<string>;
  /** Words that say that something was in a season, and so mean nothing else. */
  readonly inSeasons: Four<string>;
  readonly cardinals: readonly (readonly [phrases: string, value: number])[];
  readonly ordinals: readonly (readonly [phrases: string, value: number])[];
  /** What parts of an address are called when it is spelled. */
  readonly addressParts: Readonly<Record<string, string>>;
}

/** The endings of a Ukrainian adjective like «минулий», for a stem without its ending. */
export const hard = (stem: string): string =>
  ['ий', 'ого', 'ому', 'им', 'ім', 'а', 'ої', 'ій', 'у', 'ою', 'е', 'і', 'их', 'ими']
    .map((ending) => stem + ending)
    .join('|');

/** The endings of a Ukrainian adjective like «останній». */
export const soft = (stem: string): string =>
  ['ій', 'ього', 'ьому', 'ім', 'я', 'ьої', 'ю', 'ьою', 'є', 'і', 'іх', 'іми'].map((ending) => stem + ending).join('|');
