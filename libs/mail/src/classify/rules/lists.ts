// Mail to many: discussion lists, newsletters and promotions, by the headers that list software writes (RFC 2369, 2919,
// 8058).
import type { Evidence, Rule } from '../evidence';
import { graded, listed } from '../evidence';
import type { MailView } from '../mail-view';
import { publications } from '../words/names';

const POSTING_CLOSED = /^\s*no\b/i;
const BULK = /^\s*(?:bulk|list|junk)\b/i;
const LIST_NAME = /<([^<>\s]{1,200})>\s*$/;
const SUBJECT_TAG = /^\s*(?:(?:re|aw|fwd?|fw)\s*:\s*)*\[([^\]]{2,40})\]/i;
const LIST_SENDER = /(?:^|[-+.=])(?:owner|bounces?|admin|errors|request|return|returns|sentto)(?:[-+.=@]|$)/i;
/** Headers that only software for discussion groups writes. */
const GROUP_HEADERS = ['mailing-list', 'x-beenthere', 'x-mailing-list', 'x-mailman-version', 'x-list-admin'];

const listName = (view: MailView): string => {
  const id = view.header('list-id');
  return LIST_NAME.exec(id)?.[1] ?? (id || view.header('x-mailing-list') || view.header('list-post'));
};

const isOpenForPosting = (view: MailView): boolean =>
  view.has('list-post') && !POSTING_CLOSED.test(view.header('list-post'));

/** Whether members of the list write to it, as opposed to its owner only. */
export const isDiscussion = (view: MailView): boolean =>
  isOpenForPosting(view) || GROUP_HEADERS.some((name) => view.has(name)) || (view.has('list-id') && view.reply.toMail);

/** Whether software says that this went to many. */
export const isBulk = (view: MailView): boolean =>
  BULK.test(view.header('precedence')) || ['list-id', 'list-unsubscribe', 'feedback-id'].some((name) => view.has(name));

const discussion: Rule = (view) => {
  if (POSTING_CLOSED.test(view.header('list-post'))) {
    return {
      signal: 'list-announces',
      text: 'It comes from a list that only its owner may write to (List-Post: NO).',
      weights: { newsletter: 3 },
    };
  }
  if (isOpenForPosting(view)) {
    return {
      signal: 'list-post',
      text: `It went to the discussion list ${listName(view)}, which you can write to (List-Post).`,
      weights: { forum: 3.5, spam: -0.5 },
    };
  }
  const group = GROUP_HEADERS.find((name) => view.has(name));
  if (group) {
    return {
      signal: 'group',
      text: `It went through a discussion group (${group}).`,
      weights: { forum: 3, spam: -0.5 },
    };
  }
  return null;
};

const listId: Rule = (view) =>
  view.has('list-id')
    ? {
        signal: 'list-id',
        text: `It is from the mailing list ${listName(view)} (List-Id).`,
        weights: isDiscussion(view) ? { forum: 0.7 } : { newsletter: 1.5, forum: 1.5 },
      }
    : null;

const listReply: Rule = (view) => {
  if (!(isDiscussion(view) || isBulk(view)) || !(view.reply.toMail || view.reply.inSubject)) return null;
  return {
    signal: 'list-reply',
    text: 'It answers another mail of the list.',
    weights: { forum: view.reply.toMail ? 2 : 1, newsletter: -2, promotion: -2 },
  };
};

const subjectTag: Rule = (view) => {
  const tag = SUBJECT_TAG.exec(view.mail.subject)?.[1];
  if (tag === undefined) return null;
  return {
    signal: 'subject-tag',
    text: `Its subject has the tag [${tag}] of a list.`,
    // The owner is not named where the list is.
    weights: { forum: isDiscussion(view) ? 0.5 : view.recipients.length === 0 ? 2.5 : 0.7 },
  };
};

const unsubscribe: Rule = (view) => {
  if (isDiscussion(view)) return null;
  const found: Evidence[] = [];
  if (view.has('list-unsubscribe-post')) {
    found.push({
      signal: 'one-click-unsubscribe',
      text: 'You can unsubscribe with one click (List-Unsubscribe-Post).',
      weights: { newsletter: 1, promotion: 1, spam: -1 },
    });
  }
  if (view.has('list-unsubscribe')) {
    found.push({
      signal: 'list-unsubscribe',
      text: 'You can unsubscribe (List-Unsubscribe).',
      weights: { newsletter: 1.5, promotion: 1.5, personal: -2 },
    });
  } else if (BULK.test(view.header('precedence'))) {
    found.push({
      signal: 'bulk',
      text: `It was sent to many (Precedence: ${view.header('precedence')}).`,
      weights: { newsletter: 1.5, notification: 0.5, personal: -2 },
    });
  }
  if (view.has('feedback-id')) {
    found.push({
      signal: 'campaign',
      text: 'It is part of a campaign (Feedback-ID).',
      weights: { promotion: 1, newsletter: 0.5 },
    });
  }
  return found;
};

const listSender: Rule = (view) => {
  const envelope = view.header('return-path');
  const sender = view.header('sender') || view.header('errors-to');
  const local = [envelope, sender].map((address) => address.replace(/[<>]/g, '').split('@')[0] ?? '');
  const found = local.find((part) => LIST_SENDER.test(part) || /[=#]/.test(part));
  return found === undefined || isDiscussion(view)
    ? null
    : {
        signal: 'list-sender',
        text: `Its sender “${found.slice(0, 60)}” is list software.`,
        weights: { newsletter: 0.7, promotion: 0.5, personal: -1, spam: -0.5 },
      };
};

const PUBLISHER = new RegExp(`(?:^|[^a-z])${publications}(?:[^a-z]|$)`, 'i');

const publisher: Rule = (view) => {
  const name = view.from?.name ?? '';
  const address = view.from?.address ?? '';
  const found = [name, address].find((text) => PUBLISHER.test(text));
  return found === undefined
    ? null
    : {
        signal: 'publisher',
        text: `Its sender “${found.slice(0, 80)}” is a publication.`,
        weights: { newsletter: 1.5, personal: -1, spam: -1 },
      };
};

const subscription: Rule = (view) => {
  const phrases = view.phrases.subscription ?? [];
  if (phrases.length === 0 || isDiscussion(view)) return null;
  return {
    signal: 'subscription-words',
    text: `It speaks of a subscription: ${listed(phrases)}.`,
    weights: {
      newsletter: graded(phrases.length, [0.7, 1.5, 2, 2.5, 3]),
      promotion: graded(phrases.length, [0.4, 0.9, 1.3, 1.6, 2]),
      personal: -0.5,
    },
  };
};

const issue: Rule = (view) => {
  const phrases = view.subjectPhrases.issue ?? [];
  if (phrases.length === 0 || isDiscussion(view)) return null;
  return {
    signal: 'issue',
    text: `Its subject is that of an issue: ${listed(phrases)}.`,
    weights: { newsletter: graded(phrases.length, [1.2, 2]) },
  };
};

const offers: Rule = (view) => {
  if (isDiscussion(view)) return null;
  const inSubject = view.subjectPhrases.offers ?? [];
  const all = view.phrases.offers ?? [];
  const weight = graded(inSubject.length, [1.2, 2]) + graded(all.length, [0, 0.4, 0.8, 1.2, 1.6, 2, 2.4]);
  return weight === 0
    ? null
    : {
        signal: 'offers',
        text: `It offers something to buy: ${listed([...inSubject, ...all])}.`,
        weights: { promotion: weight },
      };
};

export const listRules: readonly Rule[] = [
  discussion,
  listId,
  listReply,
  subjectTag,
  unsubscribe,
  listSender,
  publisher,
  subscription,
  issue,
  offers,
];
