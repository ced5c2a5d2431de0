// Mail from people: somebody the owner knows, an answer, a letter to the owner alone, and what it asks for.
import { graded, listed, type Evidence, type Rule } from '../evidence';
import type { MailView } from '../mail-view';
import { mailPrograms } from '../words/names';
import { isBulk, isDiscussion } from './lists';

const MAIL_PROGRAM = new RegExp(`\\b${mailPrograms}\\b`, 'i');
const SIGNED = /multipart\/signed|multipart\/encrypted/i;
const PGP = '-----BEGIN PGP';
const ATTRIBUTION =
  /^(?:on .{5,120}wrote:|.{3,80} (?:wrote|writes|said|пише|писав|писала):|.{0,3}-{2,}\s?original message\s?-{2,}|.{0,80}\bwrote:)\s*$/im;
const URGENT = /\b(?:urgent|important|asap)\b|(?:^|[^\p{L}])(?:терміново|важливо)(?:[^\p{L}]|$)/iu;
const HIGH = /^\s*(?:[12]\b|high|urgent)/i;
const QUESTION = /\?(?:\s|$)/;

/** Whether nothing says that a program or a list is behind it. */
const isFromPerson = (view: MailView): boolean =>
  !isBulk(view) &&
  !isDiscussion(view) &&
  !/^(?:auto-|yes)/i.test(view.header('auto-submitted')) &&
  !/no-?reply/i.test(view.from?.address ?? '');

const isToOneOrOwner = (view: MailView): boolean => view.toOwner ?? view.recipients.length === 1;

const correspondent: Rule = (view) => {
  const address = view.from?.address ?? '';
  if (!view.knowledge.correspondents.has(address)) return null;
  return {
    signal: 'correspondent',
    text: `You have written to ${address} before.`,
    weights: { personal: 4, spam: -6, promotion: -1, newsletter: -1 },
  };
};

const fromOwner: Rule = (view) =>
  view.knowledge.ownerAddresses.has(view.from?.address ?? '') && (view.reply.toMail || view.toOwner === false)
    ? { signal: 'from-owner', text: 'You wrote it yourself.', weights: { personal: 3, spam: -1 } }
    : null;

const answer: Rule = (view) => {
  const hasQuote = view.quotes || ATTRIBUTION.test(view.text.slice(0, 6_000));
  if (view.reply.toMail && (hasQuote || view.reply.inSubject)) {
    return {
      signal: 'answer',
      text: 'It answers an earlier mail.',
      weights: {
        personal: isFromPerson(view) && view.recipients.length > 0 ? 2.5 : 0.5,
        spam: -2.5,
        promotion: -1,
        newsletter: -0.5,
      },
    };
  }
  return hasQuote
    ? {
        signal: 'quotes',
        text: 'It quotes an earlier mail.',
        weights: { personal: isFromPerson(view) ? 1.5 : 0.3, spam: -2 },
      }
    : null;
};

const toOwner: Rule = (view) => {
  if (!isFromPerson(view) || view.mail.from === null) return null;
  if (view.toOwner === null) {
    return view.recipients.length === 1
      ? { signal: 'one-recipient', text: 'It was sent to one address only.', weights: { personal: 0.7 } }
      : null;
  }
  if (!view.toOwner) return null;
  const isAlone = view.recipients.length <= 3;
  return {
    signal: 'to-owner',
    text: isAlone ? 'It was sent to you and hardly anybody else.' : 'You are among those it was sent to.',
    weights: { personal: isAlone ? 1.2 : 0.7 },
  };
};

const mailProgram: Rule = (view) => {
  const program = MAIL_PROGRAM.exec(`${view.header('user-agent')} ${view.header('x-mailer')}`)?.[0];
  return program === undefined
    ? null
    : {
        signal: 'mail-program',
        text: `It was written with a mail program (${program}).`,
        weights: { personal: 0.8, spam: -1 },
      };
};

const signed: Rule = (view) =>
  SIGNED.test(view.header('content-type')) || view.text.includes(PGP)
    ? { signal: 'signed', text: 'It is signed or encrypted by its author.', weights: { personal: 0.5, spam: -2 } }
    : null;

const request: Rule = (view) => {
  if (!isFromPerson(view) || !isToOneOrOwner(view) || view.phrases.subscription) return null;
  const found: Evidence[] = [];
  const words = view.phrases.request ?? [];
  const dates = view.phrases.deadline ?? [];
  const isKnown = view.knowledge.correspondents.has(view.from?.address ?? '') || view.reply.toMail;
  if (words.length > 0 && QUESTION.test(view.text.slice(0, 4_000))) {
    found.push({
      signal: 'question',
      text: `It asks you something: ${listed(words)}.`,
      weights: { action_required: graded(words.length, isKnown ? [3, 4.5] : [1.5, 2]) },
    });
  }
  if (dates.length > 0 && isKnown) {
    found.push({
      signal: 'deadline',
      text: `It names a date or urges: ${listed(dates)}.`,
      weights: { action_required: 1.5 },
    });
  }
  return found;
};

const urgent: Rule = (view) => {
  const isKnown = view.knowledge.correspondents.has(view.from?.address ?? '');
  if (!isKnown) return null; // from strangers, urgency is advertising
  const isMarked =
    HIGH.test(view.header('importance')) || HIGH.test(view.header('x-priority')) || HIGH.test(view.header('priority'));
  return isMarked || URGENT.test(view.mail.subject)
    ? { signal: 'urgent', text: 'Somebody you know marked it as important.', weights: { important: 6.5 } }
    : null;
};

export const peopleRules: readonly Rule[] = [
  correspondent,
  fromOwner,
  answer,
  toOwner,
  mailProgram,
  signed,
  request,
  urgent,
];
