import type { Category } from '../category';
import { parseMail } from '../parse/parse-mail';
import { mailText } from '../testing/mail-text';
import { classify } from './classify';
import { verdictSchema, type Knowledge, type Verdict } from './verdict';

const knowledge: Knowledge = {
  ownerAddresses: new Set(['owner@example.net']),
  correspondents: new Set(['maria@example.org']),
};
const nobody: Knowledge = { ownerAddresses: new Set(), correspondents: new Set() };

const verdictOn = async (fields: Record<string, string>, body: string, known = knowledge): Promise<Verdict> =>
  verdictSchema.parse(classify(await parseMail(mailText(fields, body)), known));

const bulk = { 'List-Unsubscribe': '<https://example.com/u>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
const MARIA = 'Maria <maria@example.org>';
const REPLY = { 'In-Reply-To': '<0@example.net>', References: '<0@example.net>' };

type Example = [expected: Category, what: string, fields: Record<string, string>, body: string, signal: string];

const examples: Example[] = [
  ['personal', 'a letter from somebody known', { From: MARIA }, 'I am back home.', 'correspondent'],
  ['personal', 'an answer', { ...REPLY, Subject: 'Re: lunch' }, 'Fine with me.\n\n> Noon at the harbour', 'answer'],
  ['personal', 'відповідь', { ...REPLY, Subject: 'Re: обід' }, 'Гаразд.\n\n> Опівдні', 'answer'],
  [
    'action_required',
    'a question from somebody known',
    { From: MARIA },
    'Could you send me the plan? Please let me know by Friday.',
    'question',
  ],
  [
    'action_required',
    'питання від знайомої',
    { From: MARIA },
    'Чи можеш надіслати план? Дай знати до п’ятниці.',
    'question',
  ],
  [
    'action_required',
    'an invitation',
    { From: MARIA, 'Content-Type': 'text/calendar; method=REQUEST' },
    'BEGIN:VCALENDAR',
    'invitation',
  ],
  [
    'action_required',
    'a bill',
    { From: 'Power <bills@power.example>', Subject: 'Your bill: payment due on 3 May' },
    'Amount due: €45.20. Please pay by 3 May.',
    'bill',
  ],
  [
    'action_required',
    'рахунок',
    { From: 'Водоканал <info@vodokanal.example>', Subject: 'Рахунок за квітень' },
    'Сума до сплати: 245,10 грн. Сплатіть, будь ласка.',
    'bill',
  ],
  [
    'important',
    'something urgent from somebody known',
    { From: MARIA, Subject: 'URGENT: the roof', Importance: 'high' },
    'It leaks.',
    'urgent',
  ],
  [
    'important',
    'a security alert',
    { From: 'Mail <no-reply@mail.example>', Subject: 'Security alert: new sign-in' },
    'A new device signed in.',
    'security',
  ],
  [
    'forum',
    'a mail to a list',
    {
      'List-Id': 'Bees <bees.example.org>',
      'List-Post': '<mailto:bees@example.org>',
      To: 'bees@example.org',
      Subject: '[bees] hives',
    },
    'Which wood do you use?',
    'list-post',
  ],
  [
    'forum',
    'a list mail with offers',
    {
      'List-Id': '<sale.example.org>',
      'List-Post': '<mailto:sale@example.org>',
      To: 'sale@example.org',
      Subject: 'Sale: 50% off hives, free shipping',
    },
    'Special offer, buy now, discount for members.',
    'list-post',
  ],
  [
    'newsletter',
    'an issue of a newsletter',
    { ...bulk, From: 'Bee Weekly <news@bees.example>', Subject: 'Bee Weekly, issue 12' },
    'In this issue: hives. You are receiving this because you subscribed. Unsubscribe.',
    'publisher',
  ],
  [
    'newsletter',
    'випуск розсилки',
    { ...bulk, From: 'Бджоли <news@bees.example>', Subject: 'Дайджест: випуск 12' },
    'Новини тижня. Ви отримали цей лист, бо підписані. Відписатися.',
    'publisher',
  ],
  [
    'newsletter',
    'a list nobody can write to',
    { 'List-Id': '<announce.example.org>', 'List-Post': 'NO', Subject: 'Release 2' },
    'It is out.',
    'list-announces',
  ],
  [
    'promotion',
    'an offer',
    { ...bulk, From: 'Shop <hello@shop.example>', Subject: '30% off everything: summer sale' },
    'Shop now, free shipping, use the coupon SUN. Unsubscribe.',
    'offers',
  ],
  [
    'promotion',
    'акція',
    { ...bulk, From: 'Крамниця <hello@shop.example>', Subject: 'Знижки до 50%: розпродаж' },
    'Промокод SUN, безкоштовна доставка. Відписатися.',
    'offers',
  ],
  [
    'social',
    'a social network',
    { From: 'LinkedIn <invitations@linkedin.com>', Subject: 'Maria wants to connect' },
    'Maria wants to connect with you.',
    'social-network',
  ],
  [
    'notification',
    'a tracker',
    {
      From: 'Ivan <notifications@github.com>',
      'X-GitHub-Reason': 'mention',
      'List-Id': 'o/r <r.o.github.com>',
      'List-Post': '<mailto:reply@github.com>',
      Subject: '[o/r] It fails (#12)',
    },
    'It fails.',
    'tool',
  ],
  [
    'notification',
    'a bounce',
    {
      From: 'MAILER-DAEMON@example.net',
      'Return-Path': '<>',
      Subject: 'Undelivered Mail Returned to Sender',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=x',
    },
    '--x\n\nUser unknown\n--x--',
    'bounce',
  ],
  ['notification', 'cron', { From: 'root@example.net', Subject: 'Cron <root@host> backup' }, 'done', 'cron'],
  [
    'notification',
    'an absence',
    { ...REPLY, 'Auto-Submitted': 'auto-replied', Subject: 'Out of office: lunch' },
    'I am away.',
    'auto-submitted',
  ],
  [
    'notification',
    'a one-time code',
    { From: 'Bank <no-reply@bank.example>', Subject: 'Your verification code' },
    'Enter this code: 493 021',
    'one-time-code',
  ],
  [
    'notification',
    'одноразовий код',
    { From: 'Банк <no-reply@bank.example>', Subject: 'Код підтвердження' },
    'Ваш код: 493021',
    'one-time-code',
  ],
  [
    'receipt',
    'an order',
    { From: 'Shop <orders@shop.example>', Subject: 'Order confirmation #1042' },
    'Thank you for your order. Subtotal €20.00, shipping address below.',
    'purchase',
  ],
  [
    'receipt',
    'замовлення',
    { From: 'Rozetka <noreply@rozetka.com.ua>', Subject: 'Ваше замовлення №1042' },
    'Дякуємо за покупку. Разом до оплати отримано 1200 грн. Фіскальний чек нижче.',
    'purchase',
  ],
  [
    'spam',
    'money from a stranger',
    {
      From: 'DR JOHN <john12345@yahoo.com>',
      To: 'undisclosed-recipients:;',
      Received: 'from x (unknown [10.1.2.3]) by mx.example.net; Thu, 22 Aug 2024 18:26:25 +0300',
      Subject: 'BUSINESS PROPOSAL',
    },
    'Dear friend, I am the next of kin of a late engineer. Strictly confidential: transfer the million dollars to a foreign account.',
    'about-windfall',
  ],
  [
    'spam',
    'pills',
    { From: 'x@pills.example', Subject: 'Cheap viagra qkzwtp' },
    'Online pharmacy, no prescription. Viagra, cialis. Order now! To be removed click here.',
    'about-pills',
  ],
  ['review', 'a stranger of whom nothing is known', { To: 'somebody@example.org' }, 'Good morning.', 'unclear'],
  ['review', 'a mail with a problem', { From: MARIA, Date: 'Thu, 22 Aug 0102 18:26:25 +0300' }, 'Hello.', 'unreadable'],
  [
    'review',
    'a doubtful stranger',
    { Subject: 'Opportunity', To: 'x@example.org' },
    'Earn money from home.',
    'not-surely-spam',
  ],
];

test.each(examples)('%s: %s', async (category, _, fields, body, signal) => {
  const verdict = await verdictOn(fields, body);
  expect([verdict.category, ...verdict.reasons.map((reason) => reason.signal)]).toEqual(
    expect.arrayContaining([category, signal]),
  );
  expect(verdict.category).toBe(category);
});

describe('what is never filed away', () => {
  test.each(examples.filter(([, , , , signal]) => ['bill', 'one-time-code'].includes(signal)))(
    '%s: %s',
    async (_c, _w, fields, body) => {
      expect((await verdictOn(fields, body)).keep).toBe(true);
    },
  );

  test('everything else may be', async () => {
    for (const [, , fields, body, signal] of examples) {
      if (!['bill', 'one-time-code'].includes(signal)) expect((await verdictOn(fields, body)).keep).toBe(false);
    }
  });

  test('a price, a year or a number is no code', async () => {
    const verdict = await verdictOn({ Subject: 'Your access code' }, 'It is in the letter of 2024. It cost €1200.');
    expect(verdict.keep).toBe(false);
  });
});

describe('what a sender writes is not believed', () => {
  const spam = examples.find(([category, what]) => category === 'spam' && what === 'pills');
  const [, , fields = {}, body = ''] = spam ?? [];

  test('a filter that found nothing does not make spam good', async () => {
    expect((await verdictOn({ ...fields, 'X-Spam-Status': 'No, score=-5', 'X-Spam-Flag': 'NO' }, body)).category).toBe(
      'spam',
    );
  });
  test('a filter that found something does not make a letter spam', async () => {
    expect((await verdictOn({ From: MARIA, 'X-Spam-Flag': 'YES' }, 'I am back.')).category).toBe('personal');
  });
  test('"pass" of an authentication that anybody can write says nothing', async () => {
    const plain = await verdictOn(fields, body);
    expect(await verdictOn({ ...fields, 'Authentication-Results': 'mx; spf=pass; dmarc=pass' }, body)).toEqual(plain);
  });
});

test('a correspondent writing about loans and pills is no spammer', async () => {
  const verdict = await verdictOn(
    { From: MARIA, Subject: 'Viagra and mortgages' },
    'My spam folder is full of viagra, mortgage rates and how to make money from home. Yours?',
  );
  expect(verdict.category).not.toBe('spam');
});

test('every reason names its evidence, and the same mail gets the same verdict', async () => {
  for (const [, , fields, body] of examples) {
    const verdict = await verdictOn(fields, body);
    expect(await verdictOn(fields, body)).toEqual(verdict);
    for (const reason of verdict.reasons) expect(reason.text).toMatch(/[.?!]$/);
  }
});

test('nothing has to be known about the owner', async () => {
  for (const [, , fields, body] of examples)
    expect((await verdictOn(fields, body, nobody)).reasons.length).toBeGreaterThan(0);
});
