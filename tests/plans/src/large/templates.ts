// What the mails of the large mailbox say: twenty texts, so that it is known how many mails have which word.
import { IndexTokens } from '@sorting-office/mail';
import { idOf } from './ids';

/** Texts that take turns. */
const texts = 20;

/** Of twenty mails all are a report, four are of a budget, two hold an invoice, and one is quarterly. */
const wordsOf = (text: number): string =>
  [
    'report',
    ...(text % 5 === 0 ? ['budget'] : []),
    ...(text % 10 === 1 ? ['invoice'] : []),
    ...(text === 3 ? ['quarterly figures'] : []),
    `text${text}`,
  ].join(' ');

export interface Template {
  readonly template: number;
  /** As in `2026-03`; empty for what is the same in every month. */
  readonly month: string;
  readonly words: string;
  readonly head: string;
  readonly tokens: string;
}

/** Each text in each of some months. */
export function templates(months: readonly string[]): Template[] {
  const tokens = new IndexTokens(idOf('mailbox', 1));
  return ['', ...months].flatMap((month) =>
    Array.from({ length: texts }, (_, template) => {
      const words = wordsOf(template);
      const { head, all } = tokens.ofMail({
        words,
        subject: words,
        from: [`p${template}@example.org`],
        to: ['me@example.org'],
        sentAt: new Date(`${month === '' ? '2026-01' : month}-01T00:00:00Z`),
      });
      return { template, month, words, head, tokens: all };
    }),
  );
}
