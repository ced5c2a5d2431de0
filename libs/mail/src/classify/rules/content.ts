// Signs of unwanted advertising and fraud in the words, the links and the HTML of a mail.
import { graded, listed, type Evidence, type Rule } from '../evidence';
import type { MailView } from '../mail-view';
import type { spamWords } from '../words/spam-words';
import { isDiscussion } from './lists';

type SpamTopic = Exclude<keyof typeof spamWords, 'pressure' | 'excuses'>;

/** What each topic is called, and the weights of one, two, three … different phrases of it. */
const TOPICS: Readonly<Record<SpamTopic, readonly [name: string, weights: readonly number[]]>> = {
  pills: ['miracle cures', [1, 2.5, 3.2, 3.8, 4.5]],
  loans: ['loans and debts', [0.9, 1.8, 2.5, 3, 3.5, 4.5]],
  riches: ['getting rich', [0.3, 1, 2.2, 3.5, 4.2, 4.8]],
  windfall: ['money from strangers', [0.2, 0.6, 1.5, 2.5, 3.5, 5]],
  adult: ['sex', [0.3, 1, 2, 3, 4, 4.5]],
  lists: ['advertising by mail', [0.2, 0.7, 1.8, 3, 3.5, 4]],
  stocks: ['stock tips', [0.3, 2, 3, 3.5]],
  goods: ['dubious goods', [0.3, 1, 1.6, 2]],
  phishing: ['worries about an account', [0.8, 2, 3]],
};
const IN_SUBJECT = 0.6;
const PRESSURE = [0.2, 0.4, 0.8, 1.2, 1.6, 2, 2.3, 2.6];
const EXCUSES = [0.5, 1.2, 1.8, 2.3, 3.2, 4];
/** Below this a sign is too weak to be mentioned. */
const NOTICEABLE = 0.3;

const ADDRESS_HOST = /^(?:\d{1,3}\.){3}\d{1,3}$|^\d{8,10}$|^0x/;
const THROW_AWAY_HOST = /^(?:www\.)?(?:[a-z]*\d+[a-z\d]*\.){1,3}(?:com|net|org|biz|info|cn|ru|top|xyz|click)$/;
const LINK = /https?:\/\/(?:[^\s/@]{1,100}@)?([^\s/:?#"'<>]{3,100})/gi;
const MAX_LINKS = 30;
const SAMPLE = 4_000;

const topics: Rule = (view) =>
  (Object.keys(TOPICS) as SpamTopic[]).flatMap((topic): Evidence[] => {
    const [name, weights] = TOPICS[topic];
    const phrases = view.phrases[topic] ?? [];
    const spam = graded(phrases.length, weights) + (view.subjectPhrases[topic] ? IN_SUBJECT : 0);
    const isTalkedAbout = isDiscussion(view) && view.reply.toMail;
    const text = `It is about ${name}: ${listed(phrases)}.`;
    return spam < NOTICEABLE
      ? []
      : [{ signal: `about-${topic}`, text, weights: { spam: isTalkedAbout ? spam / 2 : spam } }];
  });

const pressure: Rule = ({ phrases: { pressure: found = [] } }) =>
  found.length === 0
    ? null
    : {
        signal: 'pressure',
        text: `It presses you: ${listed(found)}.`,
        weights: { spam: graded(found.length, PRESSURE), personal: -graded(found.length, [0, 0.3, 0.6, 1]) },
      };

const excuses: Rule = ({ phrases: { excuses: found = [] } }) =>
  found.length === 0
    ? null
    : {
        signal: 'excuses',
        text: `It makes excuses for being sent: ${listed(found)}.`,
        weights: { spam: graded(found.length, EXCUSES), personal: -graded(found.length, [0.2, 0.6, 1]) },
      };

const html: Rule = (view) => {
  const { html: traits, textSource } = view.mail;
  if (!traits) return null;
  const [lie] = traits.deceptiveLinks;
  const isAlone = textSource === 'html';
  const signs: readonly (readonly [isThere: boolean, signal: string, text: string, spam: number])[] = [
    // The members of lists write plain text.
    [isAlone, 'html-only', 'It has no plain text, only HTML.', isDiscussion(view) ? 1.2 : 0.6],
    [
      isAlone && traits.remoteImages > 0 && view.text.trim().length < 400,
      'pictures-only',
      'It consists of pictures rather than words.',
      1,
    ],
    [traits.trackingPixels > 0, 'tracking', 'It reports to its sender when you open it.', 0.2],
    [traits.forms > 0, 'form', 'It has a form to fill in.', 0.4],
    [lie !== undefined, 'deceptive-link', `A link says ${lie?.text ?? ''} but leads to ${lie?.host ?? ''}.`, 0.4],
  ];
  return signs
    .filter(([isThere]) => isThere)
    .map(([, signal, says, spam]) => ({ signal, text: says, weights: { spam, personal: -0.2 } }));
};

const hostsOf = ({ mail, text }: MailView): readonly string[] => [
  ...(mail.html?.linkHosts ?? []),
  ...Array.from(text.matchAll(LINK), ([, host = '']) => host.toLowerCase()).slice(0, MAX_LINKS),
];

const links: Rule = (view) => {
  const hosts = hostsOf(view);
  const nameless = hosts.find((host) => ADDRESS_HOST.test(host));
  if (nameless !== undefined) {
    return {
      signal: 'numeric-link',
      text: `A link leads to a computer without a name (${nameless}).`,
      weights: { spam: isDiscussion(view) ? 0.8 : 2 },
    };
  }
  if (hosts.some((host) => host.includes('%'))) {
    return { signal: 'hidden-link', text: 'A link hides where it leads.', weights: { spam: 2 } };
  }
  const odd = hosts.find((host) => THROW_AWAY_HOST.test(host));
  return odd === undefined
    ? null
    : { signal: 'throw-away-link', text: `A link leads to ${odd}, a throw-away name.`, weights: { spam: 0.5 } };
};

const loudness: Rule = (view) => {
  const text = view.text.slice(0, SAMPLE);
  const lines = text.split('\n').filter((line) => /\p{L}{2}/u.test(line));
  const shouted = lines.filter((line) => !/\p{Ll}/u.test(line) && /\p{Lu}{2}.*\s/u.test(line));
  const exclamations = text.split('!').length - 1;
  const found: Evidence[] = [];
  if (shouted.length >= 4 && shouted.length > lines.length * 0.2) {
    found.push({ signal: 'shouted-text', text: 'Much of its text is in capitals.', weights: { spam: 0.8 } });
  }
  if (exclamations >= 5 + text.length / 400) {
    found.push({ signal: 'exclamations', text: 'Its text is full of exclamation marks.', weights: { spam: 1.3 } });
  }
  return found;
};

export const contentRules: readonly Rule[] = [topics, pressure, excuses, html, links, loudness];
