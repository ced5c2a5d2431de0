// A mail the way rules look at it: what several of them need is worked out once, and only as much of the text is read
// as tells something, so that a long mail costs no more than a short one.
import type { MailAddress, ParsedMail } from '../parse/parsed-mail';
import { hasHeader, headerOf } from '../parse/parsed-mail';
import { foldText } from '../query/fold';
import { compileLexicon, type Found } from './phrases';
import type { Knowledge } from './verdict';
import { mailWords } from './words/mail-words';
import { spamWords } from './words/spam-words';

/** Characters read from the beginning of a text, and from its end, where newsletters say how to leave them. */
const HEAD = 12_000;
const TAIL = 3_000;
const QUOTED_LINE = /^[ \t]*[>|].*$/gm;
const IS_REPLY = /^\s*(?:\[[^\]]{1,40}\]\s*)?(?:re|aw|sv|antw|відп|ре)(?:\[\d+\])?\s*:/i;
const QUOTE = /^[ \t]*>/m;

export type Topic = keyof typeof mailWords | keyof typeof spamWords;
const findPhrases = compileLexicon<Topic>({ ...mailWords, ...spamWords });

export interface MailView {
  readonly mail: ParsedMail;
  readonly knowledge: Knowledge;
  /** The first value of a header field, ''. */
  header(name: string): string;
  has(name: string): boolean;
  readonly from: MailAddress | null;
  /** What follows the @ of the sender, ''. */
  readonly fromDomain: string;
  readonly recipients: readonly MailAddress[];
  /** Whether the owner is named as a recipient; null when it is not known who the owner is. */
  readonly toOwner: boolean | null;
  /** The beginning and the end of what the sender wrote, without what is quoted from others. */
  readonly text: string;
  /** Whether the text quotes others. */
  readonly quotes: boolean;
  /** Whether it says that it answers a mail: by its subject, and by naming that mail. */
  readonly reply: { readonly inSubject: boolean; readonly toMail: boolean };
  /** Phrases of the lexicons in subject and text, and in the subject alone. */
  readonly phrases: Found<Topic>;
  readonly subjectPhrases: Found<Topic>;
}

/** Prepares a mail for the rules. */
export function viewMail(mail: ParsedMail, knowledge: Knowledge): MailView {
  const recipients = [...mail.to, ...mail.cc];
  const unquoted = mail.text.slice(0, HEAD * 2).replace(QUOTED_LINE, '');
  const tail = mail.text.length > HEAD * 2 ? mail.text.slice(-TAIL) : unquoted.slice(HEAD).slice(-TAIL);
  const text = `${unquoted.slice(0, HEAD)}\n${tail}`;
  const subject = foldText(mail.subject);
  return {
    mail,
    knowledge,
    header: (name) => headerOf(mail, name),
    has: (name) => hasHeader(mail, name),
    from: mail.from,
    fromDomain: domainOf(mail.from?.address ?? ''),
    recipients,
    toOwner:
      knowledge.ownerAddresses.size === 0
        ? null
        : recipients.some(({ address }) => knowledge.ownerAddresses.has(address)),
    text,
    quotes: QUOTE.test(mail.text.slice(0, HEAD)),
    reply: {
      inSubject: IS_REPLY.test(mail.subject),
      toMail: mail.inReplyTo !== null || mail.references.length > 0,
    },
    phrases: findPhrases(`${subject} ${foldText(text)}`),
    subjectPhrases: findPhrases(subject),
  };
}

/** What follows the last @, in lower case; '' when there is none. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1 || address.length);
}

/** Whether a domain is one of these or below one of them. */
export function isBelow(domain: string, parents: readonly string[]): string | undefined {
  return parents.find((parent) => domain === parent || domain.endsWith(`.${parent}`));
}
