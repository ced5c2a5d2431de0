// The notation in which the rules of the grammar are written, as a row of slots:
//
//     [{in}] {month} {year}       optionally a word like "in", a month, a year
//     {from=date} {upTo} {to=date}        two dates, by the names "from" and "to"
import { foldText } from '../fold';
import type { Token } from './tokens';

export type Tokens = readonly Token[];

/** Something read from the tokens at some place, and the place after it. */
export interface Found<T> {
  readonly value: T;
  readonly next: number;
}
/** Reads one thing from the tokens at a place; null if it is not there. */
export type Slot<T> = (tokens: Tokens, at: number) => Found<T> | null;
export type Slots = Readonly<Record<string, Slot<unknown>>>;

type ValueOf<S> = S extends Slot<infer T> ? T : never;
type Named<Name extends string, S extends Slots> = Name extends `${infer Alias}=${infer Slot}`
  ? Record<Alias, ValueOf<S[Slot]>>
  : Record<Name, ValueOf<S[Name]>>;
type Element<Text extends string, S extends Slots> = Text extends `[{${infer Name}}]`
  ? Partial<Named<Name, S>>
  : Text extends `{${infer Name}}`
    ? Named<Name, S>
    : never;
/** What a pattern finds, by the names of its slots. */
export type Captures<Text extends string, S extends Slots> = Text extends `${infer Head} ${infer Rest}`
  ? Element<Head, S> & Captures<Rest, S>
  : Element<Text, S>;

interface Part {
  readonly name: string;
  readonly slot: Slot<unknown>;
  readonly isOptional: boolean;
}

const PART = /^(\[)?\{(?:(\w+)=)?(\w+)\}\]?$/;

/**
 * Prepares a pattern. What is optional is taken if the rest can be found after it, and left out otherwise.
 * @throws Error if the pattern names a slot that there is none of.
 */
export function pattern<const Text extends string, S extends Slots>(text: Text, slots: S): Slot<Captures<Text, S>> {
  const parts = text.split(' ').map((part): Part => {
    const [, optional, alias, name = ''] = PART.exec(part) ?? [];
    const slot = slots[name];
    if (!slot) throw new Error(`No slot for "${part}" in "${text}"`);
    return { name: alias ?? name, slot, isOptional: optional !== undefined };
  });
  return (tokens, at) => match(parts, 0, tokens, at) as Found<Captures<Text, S>> | null;
}

function match(
  parts: readonly Part[],
  index: number,
  tokens: Tokens,
  at: number,
): Found<Record<string, unknown>> | null {
  const part = parts[index];
  if (!part) return { value: {}, next: at };
  const found = part.slot(tokens, at);
  if (found) {
    const rest = match(parts, index + 1, tokens, found.next);
    if (rest) return { value: { [part.name]: found.value, ...rest.value }, next: rest.next };
  }
  return part.isOptional ? match(parts, index + 1, tokens, at) : null;
}

/** The phrases that a text in the notation of a lexicon (see lexicon.ts) stands for, each as folded words. */
export function expand(text: string): string[][] {
  return text
    .split(',')
    .filter((phrase) => phrase.trim() !== '')
    .flatMap((phrase) => {
      let phrases: string[][] = [[]];
      for (const element of phrase
        .replace(/\s*\|\s*/g, '|')
        .trim()
        .split(/\s+/)) {
        const isOptional = element.startsWith('[');
        const words = element.replace(/[[\]]/g, '').split('|').map(foldText);
        phrases = phrases.flatMap((begun) => [
          ...(isOptional ? [begun] : []),
          ...words.map((word) => [...begun, word]),
        ]);
      }
      return phrases.filter((words) => words.length > 0);
    });
}

/** A slot for phrases that mean something each, given in the notation of a lexicon; of several the longest is found. */
export function phraseSlot<T>(entries: readonly (readonly [phrases: string, value: T])[]): Slot<T> {
  const byFirst = new Map<string, { words: string[]; value: T }[]>();
  for (const [phrases, value] of entries) {
    for (const words of expand(phrases)) {
      const [first = ''] = words;
      byFirst.set(first, [...(byFirst.get(first) ?? []), { words, value }]);
    }
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.words.length - a.words.length);
  return (tokens, at) => {
    const token = tokens[at];
    if (token?.kind !== 'word') return null;
    for (const first of [token.folded, token.owner]) {
      for (const { words, value } of byFirst.get(first ?? '') ?? []) {
        if (words.every((word, offset) => offset === 0 || isWord(tokens[at + offset], word)))
          return { value, next: at + words.length };
      }
    }
    return null;
  };
}

const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && (token.folded === word || token.owner === word);

/** The slot that finds the most of these. */
export const longestOf =
  <T>(slots: readonly Slot<T>[]): Slot<T> =>
  (tokens, at) => {
    let longest: Found<T> | null = null;
    for (const slot of slots) {
      const found = slot(tokens, at);
      if (found && found.next > (longest?.next ?? at)) longest = found;
    }
    return longest;
  };

/** A slot that remembers what it found in the tokens of a text, for it is asked at the same places by many patterns. */
export function remembering<T>(slot: Slot<T>): Slot<T> {
  const found = new WeakMap<Tokens, (Found<T> | null)[]>();
  return (tokens, at) => {
    const places = found.get(tokens) ?? [];
    found.set(tokens, places);
    const known = places[at];
    if (known !== undefined) return known;
    return (places[at] = slot(tokens, at));
  };
}

/** A slot for what something found means. */
export const meaning =
  <T, M>(slot: Slot<T>, of: (value: T) => M): Slot<M> =>
  (tokens, at) => {
    const found = slot(tokens, at);
    return found && { value: of(found.value), next: found.next };
  };
