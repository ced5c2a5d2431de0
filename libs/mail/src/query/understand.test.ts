import { understand } from './understand';
import type { MailQuery, Moment } from './mail-query';

/** A Wednesday, 10:30 in Kyiv. */
const moment: Moment = { now: new Date('2026-11-25T08:30:00.000Z'), timeZone: 'Europe/Kyiv' };
const understood = (text: string) => understand(text, moment);

describe('senders', () => {
  test.each<[text: string, query: MailQuery]>([
    ['from Ivan', { from: ['Ivan'] }],
    ['find the emails from Ivan', { from: ['Ivan'] }],
    ['emails by Maria Koval', { from: ['Maria Koval'] }],
    ['emails sent by Ivan', { from: ['Ivan'] }],
    ["Ivan's emails", { from: ['Ivan'] }],
    ['Ivan’s latest emails', { from: ['Ivan'] }],
    ["john smith's emails about rent", { from: ['john smith'], text: ['rent'] }],
    ['what did Maria write', { from: ['Maria'] }],
    ['what did my brother write to me', { from: ['brother'] }],
    ['has petro replied yet', { from: ['petro'] }],
    ['mails Petro sent me', { from: ['Petro'] }],
    ['everything that klara and ihor sent me', { from: ['klara', 'ihor'] }],
    ['the invitation julia sent me', { text: ['invitation'], from: ['julia'] }],
    ['the email in which Oleh explains the book', { from: ['Oleh'], text: ['explains', 'book'] }],
    ['from Ivan and Maria', { from: ['Ivan', 'Maria'] }],
    ['from Ivan or Petro', { from: ['Ivan', 'Petro'] }],
    ['from Ivan, Maria and Petro', { from: ['Ivan', 'Maria', 'Petro'] }],
    ['from ivan, maria and petro', { from: ['ivan', 'maria', 'petro'] }],
    ['from either Ivan or Maria', { from: ['Ivan', 'Maria'] }],
    ['from Ivan and invoices', { from: ['Ivan'], text: ['invoices'] }],
    ['from Ivan Petrenko about the budget', { from: ['Ivan Petrenko'], text: ['budget'] }],
    ['from ivan petrenko about the budget', { from: ['ivan petrenko'], text: ['budget'] }],
    ['from Mary Ann Smith visit', { from: ['Mary Ann Smith'], text: ['visit'] }],
    ['from Ludwig van Beethoven', { from: ['Ludwig van Beethoven'] }],
    ['from Ivan invoices', { from: ['Ivan'], text: ['invoices'] }],
    ['from Ivan kernel patches', { from: ['Ivan'], text: ['kernel', 'patches'] }],
    ['from ivan petrenko kernel patches', { from: ['ivan petrenko'], text: ['kernel', 'patches'] }],
    ['from the tax office', { from: ['tax office'] }],
    ['from the tax office unpaid fines', { from: ['tax office'], text: ['unpaid', 'fines'] }],
    ['from the library overdue books', { from: ['library'], text: ['overdue', 'books'] }],
    ['from my sister Anna', { from: ['sister Anna'] }],
    ['from Dr. House', { from: ['House'] }],
    ["from Oleh's wife about the car", { from: ["Oleh's wife"], text: ['car'] }],
    ['did anyone write about the parking', { text: ['parking'] }],
    ['from "Ivan the Great"', { from: ['Ivan the Great'] }],
    ['from ivan@example.com', { from: ['ivan@example.com'] }],
    ['from support at example dot com', { from: ['support@example.com'] }],
    ['from nadia underscore k at green dash school dot ua', { from: ['nadia_k@green-school.ua'] }],
    ['from sunpower dot com', { from: ['sunpower.com'] }],
    ['anyone at example.com', { from: ['example.com'] }],
    ['from Денис', { from: ['Денис'] }],
    ['від Івана', { from: ['Івана'] }],
    ['знайди листи від Івана', { from: ['Івана'] }],
    ['листи від івана петренка про бюджет', { from: ['івана петренка'], text: ['бюджет'] }],
    ['від Івана та Марії', { from: ['Івана', 'Марії'] }],
    ['від степана, марії або петра', { from: ['степана', 'марії', 'петра'] }],
    ['від Нової пошти', { from: ['Нової пошти'] }],
    ['від В’ячеслава', { from: ['В’ячеслава'] }],
    ['від пана Коваля', { from: ['Коваля'] }],
    ['від тітки Зіни', { from: ['тітки Зіни'] }],
    ['що писав Петро', { from: ['Петро'] }],
    ['що писав петро про новий рік', { from: ['петро'], text: ['новий', 'рік'] }],
    ['що мені написала Марія', { from: ['Марія'] }],
    ['чи писав банк', { from: ['банк'] }],
    ['лист, де галина надіслала рецепт', { from: ['галина'], text: ['рецепт'] }],
    ['листи Петра', { from: ['Петра'] }],
    ['листи дядька богдана', { from: ['дядька богдана'] }],
    ['покажи відповідь Єви', { from: ['Єви'] }],
    ['чеки Сільпо', { from: ['Сільпо'], category: 'receipt' }],
    ['листи, надіслані Іваном', { from: ['Іваном'] }],
    ['де лист із лікарні', { from: ['лікарні'] }],
    ['лист, у якому Руслан дякує', { from: ['Руслан'], text: ['дякує'] }],
    ['від саппорт собака example крапка ком', { from: ['support@example.com'] }],
    ['find листи від Ivan please', { from: ['Ivan'] }],
  ])('%s', (text, query) => {
    expect(understood(text).query).toEqual(query);
  });
});

describe('recipients', () => {
  test.each<[text: string, query: MailQuery]>([
    ['to Maria', { to: ['Maria'] }],
    ['emails to maria koval', { to: ['maria koval'] }],
    ['I sent to Maria', { to: ['Maria'] }],
    ['what I wrote to Petro', { to: ['Petro'] }],
    ['did I write to Oksana about the deposit', { to: ['Oksana'], text: ['deposit'] }],
    ['I sent Maria the contract', { to: ['Maria'], text: ['contract'] }],
    ['i sent olena the contract', { to: ['olena'], text: ['contract'] }],
    ['i sent the contract to olena', { to: ['olena'], text: ['contract'] }],
    ['i emailed maria', { to: ['maria'] }],
    ['everything i sent to ihor and lesia', { to: ['ihor', 'lesia'] }],
    ["Ivan's mail to Maria", { from: ['Ivan'], to: ['Maria'] }],
    ['emails from ivan to maria', { from: ['ivan'], to: ['maria'] }],
    ['letters for my husband', { to: ['husband'] }],
    ['addressed to sales@example.com', { to: ['sales@example.com'] }],
    ['emails to me from Ivan', { from: ['Ivan'] }],
    ['tickets to Warsaw', { text: ['tickets', 'Warsaw'] }],
    ['i want to see emails', {}],
    ['які я надіслав Марії', { to: ['Марії'] }],
    ['що я писав Петрові', { to: ['Петрові'] }],
    ['чи писала я Оксані', { to: ['Оксані'] }],
    ['листи до Олени', { to: ['Олени'] }],
    ['листи для Івана', { to: ['Івана'] }],
    ['листи, надіслані бухгалтерії', { to: ['бухгалтерії'] }],
    ['мої листи степанові', { to: ['степанові'] }],
    ['Дмитро писав волонтерам', { from: ['Дмитро'], to: ['волонтерам'] }],
    ['від оксани до богдана', { from: ['оксани'], to: ['богдана'] }],
    ['квитки до Львова', { text: ['квитки', 'Львова'] }],
  ])('%s', (text, query) => {
    expect(understood(text).query).toEqual(query);
  });
});

describe('words', () => {
  test.each<[text: string, query: MailQuery]>([
    ['linux kernel', { text: ['linux', 'kernel'] }],
    ['find the emails about "linux kernel" patches', { text: ['linux kernel', 'patches'] }],
    ['“holiday plans”', { text: ['holiday plans'] }],
    ['«новий рік»', { text: ['новий рік'] }],
    ['«договір з ТОВ "Зоря"»', { text: ['договір з ТОВ Зоря'] }],
    ['subject:«звіт "Зоря"»', { subject: ['звіт Зоря'] }],
    ['„новий рік“', { text: ['новий рік'] }],
    ["the mail that says 'see you soon'", { text: ['see you soon'] }],
    ["the boss' plan and the kids' school", { text: ['boss', 'plan', 'kids', 'school'] }],
    ['recipes sent by Ivan', { text: ['recipes'], from: ['Ivan'] }],
    ['recipes sent to taste', { text: ['recipes', 'taste'] }],
    ['an unclosed "quote', { text: ['unclosed', 'quote'] }],
    ['invoice 4711', { text: ['invoice', '4711'] }],
    ['ivan@example.com', { text: ['ivan@example.com'] }],
    ['about the follow-up on my refund', { text: ['follow-up', 'refund'] }],
    ['is there anything in my inbox about a refund', { text: ['refund'] }],
    ['листи, де йдеться про ремонт', { text: ['ремонт'] }],
    ['emails containing the word elephant', { text: ['elephant'] }],
    ['hey can you please look for the mail server invoice, thanks', { text: ['server', 'invoice'] }],
    ['e mail about cats', { text: ['cats'] }],
    ['e-mails about cats', { text: ['cats'] }],
    ['about spam and newsletters', { text: ['spam', 'newsletters'] }],
    ['що-небудь про весілля', { text: ['весілля'] }],
    ['знайди мені, будь ласка, всі листи щодо аудиту', { text: ['аудиту'] }],
    ['де згадується «синя папка»', { text: ['синя папка'] }],
    ['пʼять п’ятниць', { text: ['пʼять', 'п’ятниць'] }],
    ["'; DROP TABLE mails; -- +a* @b", { text: ['DROP', 'TABLE', 'b'] }],
    ['+linux* >kernel ~"mail"', { text: ['linux', 'kernel', 'mail'] }],
    ['budget Budget budget', { text: ['budget', 'Budget'] }],
    ['🎉', {}],
    ['', {}],
    ['знайди всі листи', {}],
    ['subject holiday plans', { subject: ['holiday', 'plans'] }],
    ['with the subject "holiday plans" from Anna', { subject: ['holiday plans'], from: ['Anna'] }],
    ['mails with subject summer party from Anna', { subject: ['summer', 'party'], from: ['Anna'] }],
    ['titled weekly report', { subject: ['weekly', 'report'] }],
    ['subject: holiday', { subject: ['holiday'] }],
    ['subject contains holiday', { subject: ['holiday'] }],
    ['subject newsletters to read', { subject: ['newsletters', 'read'] }],
    ['an offer with "summer sale" in the subject line', { text: ['offer'], subject: ['summer sale'] }],
    ['листи з темою відпустка', { subject: ['відпустка'] }],
    ['у темі звіт за рік від Івана', { subject: ['звіт'], from: ['Івана'], after: '2025-11-24T22:00:00.000Z', before: '2026-11-25T22:00:00.000Z' }], // prettier-ignore
    ['зі словом знижка у темі', { subject: ['знижка'] }],
    ['тема: «річний звіт»', { subject: ['річний звіт'] }],
  ])('%s', (text, query) => {
    expect(understood(text).query).toEqual(query);
  });
});

describe('states and categories', () => {
  test.each<[text: string, query: MailQuery]>([
    ['with attachments', { hasAttachment: true }],
    ['emails with an attachment from Ivan', { hasAttachment: true, from: ['Ivan'] }],
    ['that has files attached', { hasAttachment: true }],
    ['with the contract attached', { hasAttachment: true, text: ['contract'] }],
    ['with a PDF attached', { hasAttachment: true, text: ['PDF'] }],
    ['without attachments', { hasAttachment: false }],
    ['no attachments, from Denys', { hasAttachment: false, from: ['Denys'] }],
    ["emails that don't have attachments", { hasAttachment: false }],
    ['з вкладенням', { hasAttachment: true }],
    ['листи із файлами', { hasAttachment: true }],
    ['з прикріпленим файлом від юриста', { hasAttachment: true, from: ['юриста'] }],
    ['без вкладень', { hasAttachment: false }],
    ['листи з фотографіями дітей', { text: ['фотографіями', 'дітей'] }],
    ['unread', { unread: true }],
    ["newsletters i haven't read yet", { unread: true, category: 'newsletter' }],
    ['emails I have not opened', { unread: true }],
    ['emails that i already read', { unread: false }],
    ['read emails', { unread: false }],
    ['read me the emails from Ivan', { from: ['Ivan'] }],
    ['непрочитані', { unread: true }],
    ['листи, які я ще не читала', { unread: true }],
    ['прочитані листи', { unread: false }],
    ['starred', { flagged: true }],
    ['flagged and unread', { flagged: true, unread: true }],
    ['with a star', { flagged: true }],
    ['not starred', { flagged: false }],
    ['із зірочкою', { flagged: true }],
    ['позначені зірочкою листи', { flagged: true }],
    ['без зірочки', { flagged: false }],
    ['emails that need a reply', { category: 'action_required' }],
    ['листи, що чекають на мою відповідь', { category: 'action_required' }],
    ['important emails from my boss', { category: 'important', from: ['boss'] }],
    ['anything urgent', { category: 'important' }],
    ['важливі від начальника', { category: 'important', from: ['начальника'] }],
    ['personal emails', { category: 'personal' }],
    ['personal finance', { text: ['personal', 'finance'] }],
    ['особисті листи', { category: 'personal' }],
    ['newsletters about wine', { category: 'newsletter', text: ['wine'] }],
    ['непрочитані розсилки', { category: 'newsletter', unread: true }],
    ['promotional emails', { category: 'promotion' }],
    ['реклама від Zara', { category: 'promotion', from: ['Zara'] }],
    ['social network stuff', { category: 'social' }],
    ['із соцмереж', { category: 'social' }],
    ['mailing lists about kernel', { category: 'forum', text: ['kernel'] }],
    ['непрочитані з форумів', { category: 'forum', unread: true }],
    ['alerts from github', { category: 'notification', from: ['github'] }],
    ['сповіщення', { category: 'notification' }],
    ['receipts from Amazon', { category: 'receipt', from: ['Amazon'] }],
    ['чеки з розетки', { category: 'receipt', from: ['розетки'] }],
    ['about the receipt', { text: ['receipt'] }],
    ['from the spam folder', { category: 'spam' }],
    ['весь спам', { category: 'spam' }],
    ['emails to review', { category: 'review' }],
    ['на перегляд', { category: 'review' }],
  ])('%s', (text, query) => {
    expect(understood(text).query).toEqual(query);
  });
});

describe('typed operators', () => {
  test.each<[text: string, query: MailQuery]>([
    ['from:ivan subject:invoice kernel', { from: ['ivan'], subject: ['invoice'], text: ['kernel'] }],
    ['From:"Ivan Petrenko" TO:maria@example.com', { from: ['Ivan Petrenko'], to: ['maria@example.com'] }],
    ['about text:budget spam', { text: ['budget', 'spam'] }],
    ['"plan from:"Ivan Petrenko"', { text: ['plan'], from: ['Ivan Petrenko'] }],
    ['text:from', { text: ['from'] }],
    ['has:attachment is:unread', { hasAttachment: true, unread: true }],
    ['no:attachment is:read', { hasAttachment: false, unread: false }],
    ['is:starred', { flagged: true }],
    ['is:flagged', { flagged: true }],
    ['is:unstarred', { flagged: false }],
    ['category:receipt', { category: 'receipt' }],
    ['category:newsletters', { category: 'newsletter' }],
    ['category:action_required', { category: 'action_required' }],
    ['категорія:спам', { category: 'spam' }],
    ['від:Івана тема:"річний звіт" кому:Марії', { from: ['Івана'], subject: ['річний звіт'], to: ['Марії'] }],
    ['after:2026-03-01 before:2026/04/01', { after: '2026-02-28T22:00:00.000Z', before: '2026-03-31T21:00:00.000Z' }],
    ['after:2026-11-15T22:00:00.000Z', { after: '2026-11-15T22:00:00.000Z' }],
    ['before:2026-11-15T22:00:00.5Z', { before: '2026-11-15T22:00:00.500Z' }],
    ['on:2026-11-10', { after: '2026-11-09T22:00:00.000Z', before: '2026-11-10T22:00:00.000Z' }],
    ['on:yesterday', { after: '2026-11-23T22:00:00.000Z', before: '2026-11-24T22:00:00.000Z' }],
    ['after:"1 march"', { after: '2026-02-28T22:00:00.000Z' }],
    ['newer_than:7d', { after: '2026-11-17T22:00:00.000Z' }],
    ['older_than:2w', { before: '2026-11-10T22:00:00.000Z' }],
    ['older_than:3m', { before: '2026-08-24T21:00:00.000Z' }],
    ['older_than:1y', { before: '2025-11-24T22:00:00.000Z' }],
    ['re:start http://example.com/a?b=1', { text: ['re:start', 'http', 'example.com/a', 'b=1'] }],
  ])('%s', (text, query) => {
    expect(understood(text).query).toEqual(query);
    expect(understood(text).notUnderstood).toEqual([]);
  });
});

describe('chips', () => {
  const operators = (text: string) => understood(text).chips.map(({ said, operator }) => [said, operator]);

  test('they name the words they came from, and say the same in typed operators', () => {
    const text =
      'Unread emails from Ivan Petrenko and maria@example.com since Monday with subject holiday plans, “new budget”';
    expect(understood(text).chips).toEqual([
      { field: 'unread', said: 'Unread', start: 0, end: 6, operator: 'is:unread' },
      { field: 'from', said: 'from Ivan Petrenko', start: 14, end: 32, operator: 'from:"Ivan Petrenko"' },
      { field: 'from', said: 'maria@example.com', start: 37, end: 54, operator: 'from:maria@example.com' },
      { field: 'date', said: 'since Monday', start: 55, end: 67, operator: 'after:2026-11-23' },
      { field: 'subject', said: 'with subject holiday', start: 68, end: 88, operator: 'subject:holiday' },
      { field: 'subject', said: 'plans', start: 89, end: 94, operator: 'subject:plans' },
      { field: 'subject', said: '“new budget”', start: 96, end: 108, operator: 'subject:"new budget"' },
    ]);
  });

  test.each([
    ['🎉 від В’ячеслава за минулий тиждень', [['від В’ячеслава', 'from:В’ячеслава'], ['за минулий тиждень', 'after:2026-11-16 before:2026-11-23']]],
    ['до кінця березня без вкладень', [['до кінця березня', 'before:2026-04-01'], ['без вкладень', 'no:attachment']]],
    ['after:2026-11-16T01:00:00Z', [['after:2026-11-16T01:00:00Z', 'after:2026-11-16T01:00:00.000Z']]],
    ['kernel, kernel', [['kernel', 'text:kernel'], ['kernel', 'text:kernel']]],
    ['receipts not starred to Maria', [['receipts', 'category:receipt'], ['not starred', 'is:unstarred'], ['to Maria', 'to:Maria']]],
  ])('%s', (text, chips) => {
    expect(operators(text)).toEqual(chips);
  }); // prettier-ignore
});

test('a moment without a valid date or time zone is refused', () => {
  expect(() => understand('today', { now: new Date(NaN), timeZone: 'UTC' })).toThrow(RangeError);
  expect(() => understand('today', { now: new Date(), timeZone: 'Europe/Nowhere' })).toThrow(RangeError);
});
