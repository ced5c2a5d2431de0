import { foldText, IndexTokens } from '@sorting-office/mail';
import type { MeantPeople, WantedMails } from '../wanted-mails';

/** A piece of SQL with what belongs into it. */
export interface Sql {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** How a word that was said fits one in a mail: as another form of it, or as its beginning. */
export type Fit = 'word' | 'beginning';

/** What a mail must be like, in terms of `mail_index`. */
export interface Conditions {
  readonly mailboxId: string;
  /** Of each group one token must be there; one that ends in `*` is the beginning of one. */
  readonly tokens: readonly (readonly string[])[];
  /** Those of the tokens that are words of its text. */
  readonly words: readonly string[];
  /** Tokens that make a mail fit better: the words, and the longest of each phrase, in its subject. */
  readonly bonus: readonly string[];
  /** Folded words that must stand side by side. */
  readonly phrases: readonly string[];
  readonly after: Date | null;
  readonly before: Date | null;
  readonly unread: boolean | null;
  readonly flagged: boolean | null;
  readonly hasAttachment: boolean | null;
  readonly category: string | null;
}

/** Words whose place makes a difference; one is enough for most questions. */
const mostBonusWords = 5;

/**
 * The conditions that a search sets, or null when no mail can meet them, as nobody is called so.
 *
 * @param fit how the words of text and subject are to fit.
 */
export function conditionsOf({ mailboxId, query, from, to }: WantedMails, fit: Fit): Conditions | null {
  const tokens = new IndexTokens(mailboxId);
  const text = entriesOf(query.text);
  const subject = entriesOf(query.subject);
  const words = text.flat().map((word) => (fit === 'word' ? tokens.word(word) : `${tokens.beginning(word)}*`));
  const groups = [...words, ...subject.flat().map((word) => tokens.subject(word))].map((token) => [token]);
  for (const [role, meant] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (meant.length === 0) continue;
    const addresses = addressesOf(meant);
    if (addresses.length === 0) return null;
    groups.push(addresses.map((address) => tokens.person(role, address)));
  }
  return {
    mailboxId,
    tokens: groups,
    words,
    bonus: text.slice(0, mostBonusWords).map((entry) => tokens.subject(longest(entry))),
    phrases: [...text, ...subject].filter((words) => words.length > 1).map((words) => words.join(' ')),
    after: instant(query.after),
    before: instant(query.before),
    unread: query.unread ?? null,
    flagged: query.flagged ?? null,
    hasAttachment: query.hasAttachment ?? null,
    category: query.category ?? null,
  };
}

/** Whether a mail can be told by its date and states alone. */
export const isPlain = ({ tokens }: Conditions): boolean => tokens.length === 0;

/**
 * The index that leads to the fewest mails: the rarest state that is asked for, else all by date. Each has the mailbox first, and then
 * the state, the date and the mail.
 */
export function indexFor({ flagged, category, hasAttachment, unread }: Conditions): string {
  if (flagged === true) return 'mail_index_flagged';
  if (category !== null) return 'mail_index_category';
  if (hasAttachment === true) return 'mail_index_attachment';
  return unread === true ? 'mail_index_unread' : 'mail_index_sent';
}

/** Mailbox, dates and states. */
export function rowConditions(conditions: Conditions): Sql {
  const { mailboxId, after, before, unread, flagged, hasAttachment, category } = conditions;
  return join([
    { sql: 'i.mailbox_id = ?', bindings: [mailboxId] },
    ...given('i.flagged = ?', flagged),
    ...given('i.category = ?', category),
    ...given('i.has_attachment = ?', hasAttachment),
    ...given('i.unread = ?', unread),
    ...given('i.sent_at >= ?', after),
    ...given('i.sent_at < ?', before),
  ]);
}

/**
 * Whether a text has another in it, as bytes: a tenth of what comparing it as letters costs. All of what is compared has been folded before.
 */
export const isIn = (text: string): string => `LOCATE(CAST(? AS BINARY), ${text}) > 0`;

/** Phrases: by the folded words of each mail that is left. */
export const phraseConditions = ({ phrases }: Conditions): Sql[] =>
  phrases.map((phrase) => ({
    sql: `EXISTS (SELECT 1 FROM mail_texts t WHERE t.mail_id = i.mail_id AND ${isIn("CONCAT(' ', t.words, ' ')")})`,
    bindings: [` ${phrase} `],
  }));

/** The tokens, looked for in each row. */
export const lookedFor = ({ tokens, words }: Conditions): Sql[] =>
  tokens.map((group) => ({
    sql: `(${group.map((token) => isIn(words.includes(token) ? 'i.tokens' : 'i.head_tokens')).join(' OR ')})`,
    bindings: group.map((token) => (token.endsWith('*') ? ` ${token.slice(0, -1)}` : ` ${token} `)),
  }));

/** The tokens, by the FULLTEXT index. No token holds an operator: they are letters, digits and `_`. */
export function matched({ tokens }: Conditions, months: readonly string[]): Sql {
  const groups = [...tokens, ...(months.length > 0 ? [months] : [])];
  const expression = groups
    .map((group) => (group.length === 1 ? `+${group.join('')}` : `+(${group.join(' ')})`))
    .join(' ');
  return { sql: 'MATCH (i.tokens) AGAINST (? IN BOOLEAN MODE)', bindings: [expression] };
}

/** Conditions that must all hold. */
export const join = (parts: readonly Sql[]): Sql => ({
  sql: parts.map(({ sql }) => sql).join(' AND '),
  bindings: parts.flatMap(({ bindings }) => bindings),
});

/** The folded words of each entry that has any. */
const entriesOf = (said: readonly string[] = []): string[][] => said.map(wordsOf).filter((words) => words.length > 0);
const longest = (words: readonly string[]): string =>
  words.reduce((one, other) => (other.length > one.length ? other : one), '');
const wordsOf = (said: string): string[] => {
  const folded = foldText(said);
  return folded === '' ? [] : folded.split(' ');
};
const addressesOf = (meant: readonly MeantPeople[]): string[] => [
  ...new Set(meant.flatMap(({ people }) => people.map(({ address }) => address))),
];
const instant = (iso: string | undefined): Date | null => (iso === undefined ? null : new Date(iso));
const given = (sql: string, value: unknown): Sql[] => (value === null ? [] : [{ sql, bindings: [value] }]);
