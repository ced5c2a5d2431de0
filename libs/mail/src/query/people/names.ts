// Where a name begins and ends. Recognisers of speech write no capitals, so that a name is mostly known by what is around it:
//
// - Quotes and addresses are names as they are. Articles ("the", "my") and titles ("Mr", «пан») are left out.
// - A word that does something in a query (see the lexicons), or begins a date, is no part of a name.
// - With a capital, a name goes on as long as the capitals do: "Mary Ann Smith about the visit".
// - What somebody is may come before it: "my sister Anna", «тітка Зіна».
// - Without, it is one word or two: "from ivan petrenko", "from the tax office". Where three or more words would follow,
//   the third belongs to something else; and after an article so does the second, unless it says what an organisation is.
import { foldText } from '../fold';
import { isDateAt } from '../dates/intervals';
import { isKnown, isKnownWithCapital, words } from '../lexicon/words';
import { aDomain, anAddress } from './addresses';
import { saidBy } from '../grammar/entries';
import { pattern, type Tokens } from '../grammar/patterns';

export interface Name {
  readonly entry: string;
  readonly first: number;
  readonly next: number;
}

const CAPITAL = /^\p{Lu}/u;
const LETTER = /\p{L}/u;
const MAX_CAPITALS = 5;

const anyoneAt = pattern('{anyoneAt} {aDomain}', { ...words, aDomain });

/** Whether a word may be part of a name. */
export function isNameable(tokens: Tokens, at: number): boolean {
  const token = tokens[at];
  if (token?.kind !== 'word' || !LETTER.test(token.said)) return false;
  return !(isCapital(tokens, at) ? isKnownWithCapital(token) : isKnown(token)) && !isDateAt(tokens, at);
}

/** Whether a word has a capital that is not the one a sentence begins with. */
export function isCapital(tokens: Tokens, at: number): boolean {
  const token = tokens[at];
  return token?.kind === 'word' && CAPITAL.test(token.said) && at > 0;
}

const isUnknown = (said: string): boolean => LETTER.test(said) && !isKnown({ folded: foldText(said) });

/** Whether a word is at a place that is looked for in mails, however it is written. */
export function isContent(tokens: Tokens, at: number): boolean {
  const token = tokens[at];
  if (token?.kind === 'phrase') return isUnknown(token.said);
  if (token?.kind === 'operator') return token.key === 'text' && isUnknown(token.value);
  return isNameable(tokens, at);
}

/** The name at a place, with at most so many words if they have no capitals. */
export function nameAt(tokens: Tokens, at: number, mostWords = 2): Name | null {
  const article = words.article(tokens, at);
  const place = article?.next ?? at;
  const title = words.title(tokens, place);
  const first = title && isNameable(tokens, title.next) ? title.next : place;
  const anyone = anyoneAt(tokens, first);
  if (anyone) return { entry: anyone.value.aDomain, first, next: anyone.next };
  const address = anAddress(tokens, first) ?? aDomain(tokens, first);
  if (address) return { entry: address.value, first, next: address.next };
  const known = words.nameOfWords(tokens, first);
  if (known) return named(tokens, first, known.next);
  const token = tokens[first];
  if (token?.kind === 'phrase') return named(tokens, first, first + 1);
  if (!isNameable(tokens, first)) return null;
  if (isCapital(tokens, first))
    return named(tokens, isCapital(tokens, first - 1) && article ? at : first, endOfCapitals(tokens, first));
  if (mostWords > 1 && isCapital(tokens, first + 1) && isNameable(tokens, first + 1))
    return named(tokens, first, endOfCapitals(tokens, first + 1));
  return named(tokens, first, first + Math.min(mostWords, plainWords(tokens, first, article !== null)));
}

/** Whose wife is meant is part of the name: Oleh's wife. */
function named(tokens: Tokens, first: number, end: number): Name | null {
  const next = isOwner(tokens, end - 1) && isNameable(tokens, end) ? end + 1 : end;
  const entry = saidBy(tokens, first, next);
  return entry === '' ? null : { entry, first, next };
}

/** Capitals may have a "van" or "de la" between them. */
function endOfCapitals(tokens: Tokens, first: number): number {
  let next = first + 1;
  while (next - first < MAX_CAPITALS && !isOwner(tokens, next - 1)) {
    let following = next;
    for (let particle = words.particle(tokens, following); particle; particle = words.particle(tokens, following))
      following = particle.next;
    if (!isCapital(tokens, following) || !isNameable(tokens, following)) break;
    next = following + 1;
  }
  return next;
}

/** How many words a name without capitals has. */
function plainWords(tokens: Tokens, first: number, hasArticle: boolean): number {
  const goesOn = (at: number): boolean => !isOwner(tokens, at - 1) && !isCapital(tokens, at) && isNameable(tokens, at);
  let count = 1;
  while (count < 3 && goesOn(first + count)) count += 1;
  if (count < 3 || !hasArticle) return Math.min(count, 2);
  return words.organisation(tokens, first + 1) ? 2 : 1;
}

/** Nothing of a name comes after its 's. */
function isOwner(tokens: Tokens, at: number): boolean {
  const token = tokens[at];
  return token?.kind === 'word' && token.owner !== null;
}

/** Names with "and", "or" or a comma between them; they either all have capitals or none has. */
export function namesAt(tokens: Tokens, at: number, mostWords = 2): readonly Name[] {
  const names: Name[] = [];
  let next: Name | null = nameAt(tokens, at, mostWords);
  while (next) {
    names.push(next);
    const last: Name = next;
    const joint: number | null = jointAt(tokens, last.next);
    next = joint === null ? null : nameAt(tokens, joint, mostWords);
    if (next && isCapital(tokens, last.first) && isPlain(tokens, next.first)) next = null;
  }
  return names;
}

function jointAt(tokens: Tokens, at: number): number | null {
  const comma = tokens[at]?.kind === 'comma' ? at + 1 : at;
  const next = words.and(tokens, comma)?.next ?? comma;
  return next > at ? next : null;
}

const isPlain = (tokens: Tokens, at: number): boolean =>
  tokens[at]?.kind === 'word' &&
  !isCapital(tokens, at) &&
  words.article(tokens, at - 1) === null &&
  !anAddress(tokens, at);
