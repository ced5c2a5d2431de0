// Mail written by programs: notifications, bounces, codes, social networks, services.
import { listed, type Rule } from '../evidence';
import { isBelow } from '../mail-view';
import { reportingServices, socialNetworks } from '../words/hosts';
import { programs, systemUsers } from '../words/names';
import { isDiscussion } from './lists';

const NO_REPLY = new RegExp(
  `(?:^|[._+-])(?:no|do|donot|not)[._-]?(?:not)?[._-]?(?:reply|answer|use)|^${programs}(?:[._@+-]|$)`,
  'i',
);
const SYSTEM_USER = new RegExp(`^${systemUsers}@`, 'i');
const MAILER_DAEMON = /^(?:mailer-daemon|postmaster|mail-daemon|double-bounce)(?:@|$)/i;
const REPORT = /multipart\/report|report-type=\s*"?(?:delivery-status|disposition-notification)/i;
const CRON = /^\s*(?:cron\s*<|anacron job|\[?logwatch|output from "cron)/i;
/** Header fields that only these programs write, without the part that varies. */
const TOOLS: readonly (readonly [prefix: string, tool: string])[] = [
  ['x-github-', 'GitHub'],
  ['x-gitlab-', 'GitLab'],
  ['x-bugzilla-', 'Bugzilla'],
  ['x-jira-', 'Jira'],
  ['x-redmine-', 'Redmine'],
  ['x-trac-', 'Trac'],
  ['x-gerrit-', 'Gerrit'],
  ['x-jenkins-', 'Jenkins'],
  ['x-sentry-', 'Sentry'],
  ['x-launchpad-', 'Launchpad'],
  ['x-phabricator-', 'Phabricator'],
  ['x-cron-', 'cron'],
];
/** Digits of a one-time code, alone or in two groups. */
const CODE = /(?:^|[^\d.,:$€£₴/-])(\d{4,8}|\d{3}[ -]\d{3})(?![\d.,:/%-]*\d)/;
const YEAR = /^(?:19|20)\d\d$/;

const automatic: Rule = (view) => {
  const value = view.header('auto-submitted');
  if (value !== '' && !/^no\b/i.test(value)) {
    return {
      signal: 'auto-submitted',
      text: `A program sent it by itself (Auto-Submitted: ${value.slice(0, 60)}).`,
      weights: { notification: 3, personal: -3 },
    };
  }
  const name = ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress'].find((field) => view.has(field));
  return name
    ? {
        signal: 'auto-response',
        text: `A program sent it by itself (${name}).`,
        weights: { notification: 2, personal: -2 },
      }
    : null;
};

const bounce: Rule = (view) => {
  const isReport = REPORT.test(view.header('content-type'));
  const isDaemon = MAILER_DAEMON.test(view.from?.address ?? '') || view.header('return-path').trim() === '<>';
  const words = view.subjectPhrases.bounce ?? [];
  if (!isReport && !(isDaemon && words.length > 0)) {
    return words.length > 0 && view.reply.toMail
      ? { signal: 'absence', text: `It answers by itself: ${listed(words)}.`, weights: { notification: 2 } }
      : null;
  }
  return {
    signal: 'bounce',
    text: 'A mail server reports about a mail of yours.',
    weights: { notification: 5, personal: -3 },
  };
};

const tool: Rule = (view) => {
  const names = Object.keys(view.mail.headers);
  const found = TOOLS.find(([prefix]) => names.some((name) => name.startsWith(prefix)));
  return found ? { signal: 'tool', text: `${found[1]} wrote it.`, weights: { notification: 5, forum: -2 } } : null;
};

const service: Rule = (view) => {
  const host = isBelow(view.fromDomain, reportingServices);
  return host !== undefined && !isDiscussion(view)
    ? {
        signal: 'service',
        text: `It comes from ${host}, a service that reports by mail.`,
        weights: { notification: 2, personal: -1 },
      }
    : null;
};

const noReply: Rule = (view) => {
  const address = view.from?.address ?? '';
  if (CRON.test(view.mail.subject))
    return { signal: 'cron', text: 'It is the output of a job that runs by schedule.', weights: { notification: 5 } };
  if (SYSTEM_USER.test(address))
    return {
      signal: 'system-user',
      text: `Its sender ${address} is a program's account.`,
      weights: { notification: 2.5, personal: -1 },
    };
  if (NO_REPLY.test(address.split('@')[0] ?? '')) {
    return {
      signal: 'no-reply',
      text: `Its sender ${address} takes no answers.`,
      weights: { notification: 1.5, personal: -2 },
    };
  }
  return null;
};

const report: Rule = (view) => {
  const words = view.phrases.report ?? [];
  const inSubject = view.subjectPhrases.report ?? [];
  if (isDiscussion(view) || view.reply.toMail || words.length === 0) return null;
  return {
    signal: 'report-words',
    text: `It reports: ${listed([...inSubject, ...words])}.`,
    weights: { notification: inSubject.length > 0 ? 1.5 : 0.7 },
  };
};

const social: Rule = (view) => {
  const network = isBelow(view.fromDomain, socialNetworks);
  const words = view.phrases.social ?? [];
  if (network !== undefined)
    return {
      signal: 'social-network',
      text: `It comes from the social network ${network}.`,
      weights: { social: 4, notification: -1, personal: -2 },
    };
  return words.length > 0 && !isDiscussion(view)
    ? {
        signal: 'social-words',
        text: `It reads like a social network: ${listed(words)}.`,
        weights: { social: words.length > 1 ? 1.2 : 0.6 },
      }
    : null;
};

const calendar: Rule = (view) => {
  const type = view.header('content-type');
  const hasCalendar =
    /^text\/calendar/i.test(type) ||
    view.mail.attachments.some(({ mimeType }) => /^(?:text\/calendar|application\/ics)$/.test(mimeType));
  if (!hasCalendar) return null;
  const isAnswer = /^\s*(?:accepted|declined|tentative|canceled|cancelled|прийнято|відхилено|скасовано)\b/i.test(
    view.mail.subject,
  );
  return isAnswer
    ? { signal: 'calendar-answer', text: 'It answers or cancels an invitation.', weights: { notification: 3 } }
    : {
        signal: 'invitation',
        text: 'It invites you to a date in your calendar.',
        weights: { action_required: 6, personal: -1 },
      };
};

const oneTimeCode: Rule = (view) => {
  const words = view.phrases.code ?? [];
  if (words.length === 0 || isDiscussion(view) || view.mail.text.length > 8_000) return null;
  const code = CODE.exec(`${view.mail.subject}\n${view.text.slice(0, 2_000)}`)?.[1];
  if (code === undefined || YEAR.test(code)) return null;
  return {
    signal: 'one-time-code',
    text: `It has a code to sign in or confirm with: ${listed(words)}.`,
    weights: { notification: 5, spam: -3, personal: -3 },
    keep: true,
  };
};

const security: Rule = (view) => {
  const words = view.subjectPhrases.security ?? [];
  if (words.length === 0 || isDiscussion(view) || view.reply.toMail) return null;
  return {
    signal: 'security',
    text: `It is about the safety of an account: ${listed(words)}.`,
    weights: { important: 5 },
  };
};

export const machineRules: readonly Rule[] = [
  automatic,
  bounce,
  tool,
  service,
  noReply,
  report,
  social,
  calendar,
  oneTimeCode,
  security,
];
