// The tokens under which a mail is found by the database's full-text index.
//
//     k3xinvoic      a word, stemmed               k3x_f9c1a…   somebody whom it is from
//     k3x_sinvoic    a word of its subject         k3x_t9c1a…   somebody whom it is to
//     k3x_m202603    the month in which it was sent
//
// Each begins with a key of its mailbox, so that a search walks through its own mailbox's tokens alone. It also makes each token
// longer than the shortest that InnoDB indexes, and none of its stop words. Folding leaves no `_` in a word.
import { createHash } from 'node:crypto';
import { foldText } from './fold';
import { firstLetters, stemWord } from './stem';

/** Different words of one mail that are indexed. */
const MAX_WORDS = 10_000;
/** Words whose tokens are remembered. */
const MAX_KNOWN = 50_000;

/** What is known of a mail when it is indexed. */
export interface IndexedMail {
  /** The folded words of sender, subject and text, as `searchTokens` makes them. */
  readonly words: string;
  readonly subject: string;
  /** Addresses, in lower case. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly sentAt: Date;
}

/** A mail's tokens, with a space before and after each. */
export interface MailTokens {
  /** Those that tell of people, subject and month: a few, in which one is looked for quickly. */
  readonly head: string;
  /** These, and those of its words. */
  readonly all: string;
}

/** Makes the tokens of a mailbox, for its mails and for searches in it. */
export class IndexTokens {
  readonly #key: string;
  /** The words of the mails so far, with their tokens: most mails have most of their words in common, and stemming is slow. */
  readonly #known = new Map<string, string>();

  /** @param mailboxId any text that identifies the mailbox. */
  constructor(mailboxId: string) {
    // Two mailboxes may share a key: whoever searches must still ask for the mailbox.
    this.#key = BigInt(`0x${sha1(mailboxId).slice(0, 12)}`)
      .toString(36)
      .slice(-3);
  }

  /** A folded word. */
  word(word: string): string {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const token = `${this.#key}${stemWord(word)}`;
    if (this.#known.size < MAX_KNOWN) this.#known.set(word, token);
    return token;
  }

  /** What the tokens of all words begin with that begin like this folded one; a word that was typed in part. */
  beginning(word: string): string {
    return `${this.#key}${firstLetters(word)}`;
  }

  /** A folded word of the subject. */
  subject(word: string): string {
    return `${this.#key}_s${stemWord(word)}`;
  }

  /** @param address in lower case. */
  person(role: 'from' | 'to', address: string): string {
    return `${this.#key}_${role === 'from' ? 'f' : 't'}${sha1(address).slice(0, 12)}`;
  }

  /** The month, in UTC, in which a moment lies. */
  month(moment: Date): string {
    return `${this.#key}_m${moment.toISOString().slice(0, 7).replace('-', '')}`;
  }

  /** What a mail is found by, each token once. */
  ofMail({ words, subject, from, to, sentAt }: IndexedMail): MailTokens {
    const tokens = new Set<string>([this.month(sentAt)]);
    for (const address of from) tokens.add(this.person('from', address));
    for (const address of to) tokens.add(this.person('to', address));
    for (const word of wordsOf(foldText(subject))) tokens.add(this.subject(word));
    const head = spaced(tokens);
    for (const word of [...new Set(wordsOf(words))].slice(0, MAX_WORDS)) tokens.add(this.word(word));
    return { head, all: spaced(tokens) };
  }
}

const spaced = (tokens: ReadonlySet<string>): string => ` ${[...tokens].join(' ')} `;
const wordsOf = (folded: string): string[] => (folded === '' ? [] : folded.split(' '));
const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
