// Signs of advertising in the subject line.
import type { Rule } from '../evidence';
import type { MailView } from '../mail-view';
import { isDiscussion } from './lists';

const ADVERTISEMENT = /^\s*(?:\[?adv?\]?\s*[:;]|adv\b)|\badv\s*:?\s*$/i;
const SPACED_OUT = /(?:^|\s)(?:\p{L}\s){4,}\p{L}(?:\s|$)/u;
const MONEY = /\$\s?\d{1,3}(?:,\d{3})+|\$\s?\d{3,}|\$\$/;
const SHOUTING = /!{2,}|!\s*$|\?!|\*{3,}/;
/** The last word, in brackets or not. */
const LAST_WORD = /(?:^|\s)[[(<]?([\p{L}\p{N}-]{3,40})[\])>]?\s*$/u;
/** What is followed by a number or a code for a good reason. */
const NUMBERED =
  /(?:#|№|\b(?:no|nr|bug|issue|ticket|order|id|version|v|case|part|vol|number|digest|rfc|invoice)|замовлення|рахунок|випуск)[\s.:#№-]*[\w-]*$/i;
/** Characters of a subject that its last word is looked for in. */
const ENDING = 80;
const ACRONYM = /^(?:https?|html|rpms?|xml|nntp|smtp|dvds|cvs|www|pdfs?|grpc|mysql|xhtml)$/i;

/** A word no language has: letters and digits mixed, or too many consonants in a row. */
const isGibberish = (word: string): boolean => {
  if (ACRONYM.test(word)) return false;
  const isMixed = /\p{L}\d+\p{L}|\d\p{L}+\d|\p{L}\d{3,}|\d{2,}\p{L}{2,}/u.test(word) && word.length >= 5;
  return isMixed || /^[bcdfghjklmnpqrstvwxz]{4,}$/i.test(word) || /^[A-Z]*[BCDFGHJKLMNPQRSTVWXZ]{4,}[A-Z]*$/.test(word);
};
const isNumber = (word: string): boolean => /^\d{4,}$/.test(word) && !/^(?:19|20)\d\d$/.test(word);

const says = (signal: string, text: string, spam: number) => ({ signal, text, weights: { spam } });

const isShouted = (subject: string): boolean => {
  const letters = subject.replace(/[^\p{Lu}\p{Ll}]/gu, '');
  return letters.length >= 10 && letters.replace(/\p{Ll}/gu, '').length > letters.length * 0.8;
};

const label: Rule = ({ mail: { subject } }) =>
  ADVERTISEMENT.test(subject)
    ? says('labelled-advertisement', 'Its subject says that it is an advertisement (ADV).', 3)
    : null;

const spacedOut: Rule = ({ mail: { subject } }) =>
  SPACED_OUT.test(subject)
    ? says('spaced-out', 'Its subject has spaces between letters, to get past filters.', 2)
    : null;

const loud: Rule = ({ mail: { subject } }) => [
  ...(isShouted(subject) ? [says('capitals', 'Its subject is all in capitals.', 1.2)] : []),
  ...(MONEY.test(subject) ? [says('money-in-subject', 'Its subject names a sum of money.', 0.8)] : []),
  ...(SHOUTING.test(subject) ? [says('shouting', 'Its subject shouts (!).', 0.5)] : []),
];

const gibberish: Rule = (view) => {
  const subject = view.mail.subject.slice(-ENDING);
  const word = LAST_WORD.exec(subject)?.[1];
  if (word === undefined || view.reply.toMail || NUMBERED.test(subject) || !/\S\s+\S/.test(subject)) return null;
  const weight = isGibberish(word) ? 2.5 : isNumber(word) ? 1.2 : 0;
  return weight === 0
    ? null
    : says('gibberish', `Its subject ends in “${word}”, which makes every copy different.`, weight);
};

/** Advertising software puts what stands before the @ where a name belongs. */
const addressAsName: Rule = (view) => {
  const name = view.recipients.map(({ address }) => address.split('@')[0] ?? '').find((local) => isIn(view, local));
  return name === undefined
    ? null
    : says('address-as-name', `Its subject calls somebody “${name}”, which is part of an address.`, 1);
};

const isIn = ({ mail, reply }: MailView, local: string): boolean =>
  local.length >= 4 && !reply.toMail && !mail.subject.includes('[') && mail.subject.toLowerCase().includes(local);

const missing: Rule = (view) =>
  view.mail.subject === '' && !isDiscussion(view) ? says('no-subject', 'It has no subject.', 0.3) : null;

export const subjectRules: readonly Rule[] = [label, spacedOut, loud, gibberish, addressAsName, missing];
