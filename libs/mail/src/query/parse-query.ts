// Understands what somebody looks for: «листи від Івана про рахунок», "emails from Maria subject holiday", `"linux
// kernel"`. A word such as "from" says what the words after it are; without one they are words of the text. Everything
// is understood somehow, nothing throws.
//
//     find the emails   from Ivan Petrenko   and Maria   about   the   invoices
//     filler            from                 from        text    -     text
import { foldText } from './fold';
import { MAX_ENTRIES, MAX_ENTRY, type MailQuery } from './mail-query';
import { andWords, fillerWords, fromWords, functionWords, subjectWords, textWords } from './query-words';

/** Characters of a query that are read. */
const MAX_QUERY = 2_000;
const TOKEN = /["“”„«]([^"“”„«»]{1,300})["“”»]|([\p{L}-]{1,20}):(?=\S)|([^\s"“”„«»,;]+)|([,;])/gu;
const CAPITAL = /^\p{Lu}/u;

type Field = 'from' | 'subject' | 'text';

interface Token {
  readonly kind: 'phrase' | 'operator' | 'word' | 'comma';
  /** As said, without the punctuation around it. */
  readonly said: string;
  readonly folded: string;
}

/** What a query asks for. Any text is a query; an empty one asks for nothing in particular. */
export function parseQuery(text: string): MailQuery {
  const found: Record<Field, string[]> = { from: [], subject: [], text: [] };
  let field: Field = 'text';
  let isBeginning = true;
  const tokens = tokensOf(text);
  tokens.forEach((token, at) => {
    const next = fieldAfter(token);
    if (next) {
      field = next;
      isBeginning = false;
    } else if (token.kind === 'comma' || isSilent(token, field, isBeginning)) {
      return;
    } else if (field === 'from' && continuesName(tokens[at - 1], token)) {
      found.from.push(`${found.from.pop() ?? ''} ${token.said}`.trim());
    } else {
      if (field === 'from' && !startsName(tokens[at - 1])) field = 'text';
      found[field].push(token.said);
      isBeginning = false;
    }
  });
  return {
    ...(found.from.length > 0 && { from: bounded(found.from) }),
    ...(found.subject.length > 0 && { subject: bounded(found.subject) }),
    ...(found.text.length > 0 && { text: bounded(found.text) }),
  };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [, phrase, operator, word, comma] of beginningOf(text).toWellFormed().matchAll(TOKEN)) {
    const kind = phrase !== undefined ? 'phrase' : operator !== undefined ? 'operator' : comma ? 'comma' : 'word';
    const said = trimPunctuation(phrase ?? operator ?? word ?? '');
    const folded = foldText(said);
    if (folded !== '' || kind === 'comma') tokens.push({ kind, said, folded });
  }
  return tokens;
}

/** The part of a long query that is read, without the half of a word. */
const beginningOf = (text: string): string =>
  text.length <= MAX_QUERY ? text : text.slice(0, MAX_QUERY).replace(/\S{1,100}$/, '');

const trimPunctuation = (text: string): string => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, '');

function fieldAfter({ kind, folded }: Token): Field | null {
  if (kind === 'phrase' || kind === 'comma') return null;
  if (fromWords.has(folded)) return 'from';
  if (subjectWords.has(folded)) return 'subject';
  return textWords.has(folded) ? 'text' : null;
}

const isSilent = ({ kind, folded }: Token, field: Field, isBeginning: boolean): boolean =>
  kind !== 'phrase' &&
  ((field !== 'from' && functionWords.has(folded)) ||
    (field === 'from' && andWords.has(folded)) ||
    (isBeginning && fillerWords.has(folded)));

/** Whether a sender begins after this token: after "from", after "and", after a comma. */
const startsName = (before: Token | undefined): boolean =>
  before !== undefined && (fieldAfter(before) === 'from' || before.kind === 'comma' || andWords.has(before.folded));

/** Ivan Petrenko: two words with capitals are one name. */
const continuesName = (before: Token | undefined, token: Token): boolean =>
  before?.kind === 'word' &&
  token.kind === 'word' &&
  !startsName(before) &&
  CAPITAL.test(before.said) &&
  CAPITAL.test(token.said);

const bounded = (entries: readonly string[]): string[] =>
  [...new Set(entries.map((entry) => entry.slice(0, MAX_ENTRY).toWellFormed().trim()))].slice(0, MAX_ENTRIES);
