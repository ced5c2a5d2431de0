// Signs that a sender hides who they are, or does not know whom they write to.
import type { Evidence, Rule } from '../evidence';
import { domainOf, type MailView } from '../mail-view';
import { freeMailboxes } from '../words/hosts';
import { isBulk, isDiscussion } from './lists';

const UNDISCLOSED = /undisclosed|recipients?\b|unlisted/i;
const HAS_TAG = /^\s*(?:\w{1,5}:\s*)?\[/;
const SHOUTED_NAME = /^[\p{Lu} .&!-]{4,}$/u;
/** Recipients without the owner's being known among them, from which on a stranger's mail looks like advertising. */
const MANY = 5;

const isKnown = (view: MailView): boolean => view.knowledge.correspondents.has(view.from?.address ?? '');
const isFree = (domain: string): boolean => Object.hasOwn(freeMailboxes, domain);

const forgedMailbox: Rule = (view) => {
  const servers = isFree(view.fromDomain) ? freeMailboxes[view.fromDomain] : undefined;
  const received = view.mail.headers.received ?? [];
  if (!servers || received.length === 0 || isKnown(view)) return null;
  const trail = [...received, view.header('dkim-signature'), view.header('message-id')].join('\n').toLowerCase();
  // The address itself may be repeated in the trail (envelope-from); only a host that is named there counts.
  const hosts = trail.replaceAll(`@${view.fromDomain}`, '');
  if (servers.some((name) => hosts.includes(name))) return null;
  return {
    signal: 'forged-mailbox',
    text: `It claims to come from ${view.fromDomain}, but no server of ${view.fromDomain} has handled it.`,
    weights: { spam: isDiscussion(view) ? 1.2 : 2.2 },
  };
};

const oddSender: Rule = (view) => {
  const { address = '', name = '' } = view.from ?? {};
  if (address === '') return { signal: 'no-sender', text: 'It has no sender.', weights: { spam: 1 } };
  if (!view.fromDomain.includes('.')) {
    return { signal: 'odd-sender', text: `Its sender “${address.slice(0, 80)}” is no address.`, weights: { spam: 1 } };
  }
  const [local = ''] = address.split('@');
  const found: Evidence[] = [];
  if (isFree(view.fromDomain) && (local.replace(/\D/g, '').length >= 4 || /[a-z]\d[a-z]|\d[a-z]\d/.test(local))) {
    found.push({
      signal: 'made-up-sender',
      text: `Its sender ${address} looks made up by a program.`,
      weights: { spam: 2 },
    });
  }
  if (name === '' && !view.reply.toMail && !isDiscussion(view) && !isKnown(view)) {
    found.push({ signal: 'nameless-sender', text: `Its sender ${address} gives no name.`, weights: { spam: 0.6 } });
  } else if (SHOUTED_NAME.test(name) && name.length > 4) {
    found.push({
      signal: 'shouted-name',
      text: `Its sender's name ${name} is all in capitals.`,
      weights: { spam: 0.8 },
    });
  }
  return found;
};

const recipients: Rule = (view) => {
  if (isDiscussion(view) || view.reply.toMail) return null;
  const [first] = view.recipients;
  const isAlone = view.recipients.length === 1;
  if (first === undefined || UNDISCLOSED.test(`${first.name} ${first.address}`)) {
    const isExpected = isBulk(view) || HAS_TAG.test(view.mail.subject);
    return {
      signal: 'undisclosed',
      text: 'It does not say whom it was sent to.',
      weights: { spam: isExpected ? 0.3 : 1, personal: -1 },
    };
  }
  if (isAlone && first.address === view.from?.address) {
    const isOwn = view.knowledge.ownerAddresses.has(first.address);
    return {
      signal: 'to-itself',
      text: 'Its sender sent it to itself, and to you in secret.',
      weights: isOwn ? { spam: 0.5 } : { spam: isBulk(view) ? 0.3 : 1.2, personal: -2 },
    };
  }
  if (view.toOwner === false && !isBulk(view)) {
    return {
      signal: 'not-to-owner',
      text: 'You are not among those it was sent to.',
      weights: { spam: 0.7, personal: -0.7 },
    };
  }
  return view.recipients.length >= MANY && !isBulk(view) && !isKnown(view)
    ? {
        signal: 'many-recipients',
        text: `A stranger sent it to ${view.recipients.length} people at once.`,
        weights: { spam: 0.8 },
      }
    : null;
};

const replyElsewhere: Rule = (view) => {
  const [answerTo] = view.mail.replyTo;
  const domain = domainOf(answerTo?.address ?? '');
  if (domain === '' || domain === view.fromDomain || isDiscussion(view) || isBulk(view)) return null;
  return {
    signal: 'reply-elsewhere',
    text: `Answers go to ${answerTo?.address ?? ''}, not to its sender.`,
    weights: { spam: isFree(domain) ? 1.2 : 0.3 },
  };
};

const fakeReply: Rule = (view) =>
  view.reply.inSubject && !view.reply.toMail && !view.quotes && !isKnown(view)
    ? {
        signal: 'fake-reply',
        text: 'Its subject pretends that it answers you, but it names no earlier mail.',
        weights: { spam: 0.7 },
      }
    : null;

const urgency: Rule = (view) =>
  /^\s*(?:1\b|high|urgent)/i.test(view.header('x-priority')) && !isKnown(view) && !view.reply.toMail
    ? { signal: 'urgent-stranger', text: 'A stranger marked it as urgent.', weights: { spam: 0.8 } }
    : null;

export const senderRules: readonly Rule[] = [forgedMailbox, oddSender, recipients, replyElsewhere, fakeReply, urgency];
