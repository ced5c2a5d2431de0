// Signs in what servers and mail programs write into the header: forged times, identifiers and programs, and failed
// checks.
import { listed, type Rule } from '../evidence';
import { isDiscussion } from './lists';

const MESSAGE_ID = /^[^\s@<>]{1,400}@[^\s@<>]{3,250}$/;
/** A delivering host that its receiver could not name, or that introduced itself with a bare address. */
const NAMELESS =
  /^from\s+(?:\[?\d{1,3}(?:\.\d{1,3}){3}\]?|unknown|[^\s.]{1,60})\s|\(\s*(?:unknown|helo\s+\[?\d)|\bunknown\s+\[\d/i;
const OWN_HOST = /\b(?:localhost|127\.0\.0\.1|by uid)\b/i;
const DIALED_IN = /(?:dial-?up|dialin|ppp|dsl|cable|dhcp|pool|dynamic|client|cpe|modem)[\w-]{0,20}[.-][\w.-]{0,80}/i;
const ZONE = /([+-])(\d{2})(\d{2})\s*(?:\(|$)/;
const DAY = 24 * 60 * 60 * 1000;
const FAILED = /\b(?:dmarc|spf|dkim)\s*=\s*(?:fail|softfail|permerror)/gi;

const identity: Rule = (view) => {
  const { messageId } = view.mail;
  if (messageId === null) {
    return {
      signal: 'no-message-id',
      text: 'It has no Message-ID, which every proper mail program writes.',
      weights: { spam: 0.8 },
    };
  }
  return MESSAGE_ID.test(messageId)
    ? null
    : {
        signal: 'odd-message-id',
        text: `Its Message-ID “${messageId.slice(0, 80)}” is malformed.`,
        weights: { spam: 1.8 },
      };
};

const wrongTime: Rule = (view) => {
  const [latest = ''] = view.mail.headers.received ?? [];
  const received = Date.parse(latest.slice(latest.lastIndexOf(';') + 1).replace(/\([^()]*\)/g, ''));
  const days = Math.abs(Date.parse(view.mail.date ?? '') - received) / DAY;
  return days >= 2
    ? {
        signal: 'wrong-time',
        text: `The time it says it was sent at is ${Math.round(days)} days off the time it arrived.`,
        weights: { spam: days > 30 ? 1 : 0.5 },
      }
    : null;
};

/** Time zones are between 12 hours behind and 14 hours ahead, in steps of a quarter of an hour. */
const wrongZone: Rule = (view) => {
  const [, sign = '', hours = '0', minutes = '0'] = ZONE.exec(view.header('date')) ?? [];
  const isReal = Number(hours) <= (sign === '-' ? 12 : 14) && Number(minutes) % 15 === 0;
  return isReal
    ? null
    : {
        signal: 'wrong-zone',
        text: `It was sent from a time zone that does not exist (${sign}${hours}${minutes}).`,
        weights: { spam: 2.5 },
      };
};

const pretendedProgram: Rule = (view) =>
  /\boutlook\b/i.test(view.header('x-mailer')) && /^\s*text\/html/i.test(view.header('content-type'))
    ? {
        signal: 'pretended-program',
        text: 'It pretends to be written with Outlook, which always adds plain text to HTML.',
        weights: { spam: 1.8 },
      }
    : null;

const origin: Rule = (view) => {
  if (isDiscussion(view) || view.reply.toMail) return null;
  const received = view.mail.headers.received ?? [];
  if (received.some((line) => NAMELESS.test(line) && !OWN_HOST.test(line))) {
    return {
      signal: 'nameless-origin',
      text: 'It passed through a computer that has no name.',
      weights: { spam: 0.5 },
    };
  }
  return received.some((line) => DIALED_IN.test(line.split(' by ')[0] ?? ''))
    ? {
        signal: 'home-origin',
        text: 'It was sent from a home connection without a mail server.',
        weights: { spam: 0.3 },
      }
    : null;
};

const notAuthentic: Rule = (view) => {
  // A sender can write "pass" there as well, so only a failure says something.
  const failures = Array.from(view.header('authentication-results').matchAll(FAILED), ([failure]) => failure);
  return failures.length === 0
    ? null
    : {
        signal: 'not-authentic',
        text: `The receiving server could not confirm its sender: ${listed(failures)}.`,
        weights: { spam: Math.min(failures.length, 2) * 0.8 },
      };
};

const flagged: Rule = (view) => {
  const field = ['x-spam-flag', 'x-spam-status'].find((name) => /^\s*yes\b/i.test(view.header(name)));
  return field === undefined
    ? null
    : {
        signal: 'flagged',
        text: `Some filter on its way called it spam (${field}); anybody can write that, so it counts little.`,
        weights: { spam: 0.7 },
      };
};

export const transportRules: readonly Rule[] = [
  identity,
  wrongTime,
  wrongZone,
  pretendedProgram,
  origin,
  notAuthentic,
  flagged,
];
