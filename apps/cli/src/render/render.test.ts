import { OfficeError } from '../errors';
import { aMail, aReport, aSearchResult } from '../testing/documents';
import { Captured } from '../testing/surroundings';
import { renderError } from './errors';
import { renderFindings } from './findings';
import { renderSearch } from './mails';
import { showProgress } from './progress';
import { renderSortReport } from './sort-report';
import { type Style, styleOf } from './style';
import { table } from './table';

const plain = styleOf(new Captured(), {});
const narrow: Style = { ...plain, width: 40 };

describe('colours', () => {
  const coloured = (isTTY: boolean, env: Record<string, string>) =>
    styleOf({ write: () => true, isTTY }, env).colors.isColorSupported;
  test.each([
    [true, true, {}],
    [false, false, {}],
    [false, true, { NO_COLOR: '1' }],
    [false, true, { TERM: 'dumb' }],
    [true, false, { FORCE_COLOR: '1' }],
    [false, true, { FORCE_COLOR: '0' }],
    [false, true, { FORCE_COLOR: '1', NO_COLOR: '1' }],
  ])('%p on a terminal: %p with %p', (expected, isTTY, env) => expect(coloured(isTTY, env)).toBe(expected));
});

test('a table lines up, and is cut to the terminal in its last column alone', () => {
  const columns = [{ title: 'mails', align: 'right' as const }, { title: 'what' }];
  const rows = [
    ['7', 'a\u001b[31m word'],
    ['1234567', 'x'.repeat(60)],
  ];
  expect(table(columns, rows, narrow).split('\n')).toEqual([
    '  mails  what',
    '      7  a\ufffd[31m word',
    `1234567  ${'x'.repeat(30)}…`,
  ]);
  expect(table(columns, rows, plain)).toContain('x'.repeat(60));
});

test('a report in full', () => {
  const report = aReport({
    actions: { done: 5, skipped: 1 },
    unreadable: { total: 1, examples: [{ what: 'a', reason: 'no header' }] },
    skipped: { total: 22, examples: Array.from({ length: 21 }, (_, n) => ({ what: `mail ${n}`, reason: 'gone' })) },
    failed: { total: 3, examples: [] },
  });
  const lines = renderSortReport(report, plain).split('\n');
  expect(lines.slice(0, 18)).toEqual([
    '7 mails sorted, 5 mails moved.',
    'Actions: 5 done, 1 skipped',
    '`office undo --run 01a00000-0000-7000-8000-000000000001` puts them back.',
    '',
    'mails  category',
    '    4  forum',
    '    2  personal',
    '    1  spam',
    '',
    'mails  folder that mails moved to',
    '    4  Forums',
    '    1  Spam',
    '',
    '1 could not be read in full, and left for review',
    'mail  reason',
    'a     no header',
    '',
    '22 passed over',
  ]);
  expect(lines.filter((line) => /^mail \d+ +gone$/.test(line))).toHaveLength(20);
  expect(lines.slice(-4)).toEqual(['and 2 more', '', '3 went wrong', 'and 3 more']);
});

test('a report of nothing', () => {
  const nothing = { mails: 0, categories: {}, actions: {}, moved: {} };
  expect(renderSortReport(aReport(nothing), plain)).toBe('Nothing new to sort, 0 mails moved.');
  expect(renderSortReport(aReport({ ...nothing, dryRun: true }), plain)).toBe(
    'Dry run: nothing new to sort, and nothing was moved.\nNothing would be moved.',
  );
});

test('a mail without a name, subject, date or verdict is shown all the same', () => {
  const mail = aMail({ from: { name: '', address: 'a@b' }, subject: '', sentAt: null, category: null, snippet: '' });
  expect(renderSearch(aSearchResult({ chips: [], mails: [mail], total: 1, next: null }), plain)).toBe(
    [
      `-${' '.repeat(20)}a@b  not sorted in INBOX`,
      `${' '.repeat(21)}(no subject)`,
      '',
      '1 mail found',
      'understood: nothing to look for',
    ].join('\n'),
  );
});

test('what was understood names the words that it came from, and whom they may mean; what was not says why', () => {
  const chips = [
    {
      said: 'від Івана',
      operator: 'from:Івана',
      people: [
        { name: 'Іван', address: 'ivan@example.org', mails: 7 },
        { name: '', address: 'ivan2@example.org', mails: 1 },
      ],
    },
    { said: 'is:unread', operator: 'is:unread' },
  ];
  const notUnderstood = [{ said: '31 лютого', reason: 'February has no 31st' }];
  const result = aSearchResult({ chips, notUnderstood, mails: [], total: 10_000, totalIsExact: false });
  expect(renderSearch(result, plain)).toBe(
    [
      'at least 10000 mails found, of which 0 are shown',
      'understood: "від Івана" = from:Івана (Іван, ivan2@example.org); is:unread',
      'not understood: "31 лютого": February has no 31st',
      'there are more: add --cursor next',
    ].join('\n'),
  );
});

test.each([
  [
    'in bold',
    'the Linux kernel boots',
    '\u001b[2mthe \u001b[22m\u001b[1mLinux\u001b[22m\u001b[2m kernel boots\u001b[22m',
  ],
  ['not at all where it cannot be shown as it is', 'the\u202eLinux kernel', '\u001b[2mthe\ufffdLinux kernel\u001b[22m'],
])('what was looked for is marked %s', (_how, snippet, shown) => {
  const colourful = { ...plain, colors: styleOf(new Captured({ isTTY: true }), {}).colors };
  const mail = aMail({ snippet, hits: [[4, 9]] });
  expect(renderSearch(aSearchResult({ mails: [mail] }), colourful)).toContain(shown);
});

test('findings line up, with what to do below', () => {
  expect(
    renderFindings(
      [
        { name: 'database', state: 'ok', says: 'fine' },
        { name: 'schema', state: 'wrong', says: 'lacks table a', remedy: 'Run `worker migrate`.' },
        { name: 'api', state: 'skipped', says: 'not set' },
      ],
      plain,
    ).split('\n'),
  ).toEqual([
    'ok       database  fine',
    'WRONG    schema    lacks table a',
    '                   Run `worker migrate`.',
    'skipped  api       not set',
  ]);
});

test('an error says what was wrong where, once, and what to do', () => {
  const details = [
    { path: 'path', message: 'must be absolute' },
    { path: '', message: 'too much' },
  ];
  const error = new OfficeError('BAD', 'not valid: path: must be absolute', { details, hints: ['Do it.'] });
  expect(renderError(error, plain)).toBe('error not valid: path: must be absolute (BAD)\n  too much\nDo it.');
});

describe('progress', () => {
  test('on a pipe it is a line at each tenth, and never goes back', () => {
    const stderr = new Captured();
    const progress = showProgress({ stderr, env: {} }, false);
    for (const [done, total] of [
      [0, 0],
      [0, 10],
      [4, 10],
      [4, 20],
      [9, 20],
      [10, 20],
      [20, 20],
    ] as const)
      progress.step(done, total);
    expect(stderr.text()).toBe('4 of 10 steps (40 %)\n10 of 20 steps (50 %)\n20 of 20 steps (100 %)\n');
  });

  test('a note on a terminal stands above the bar, which comes back', () => {
    const stderr = new Captured({ isTTY: true });
    const progress = showProgress({ stderr, env: { NO_COLOR: '1' } }, true);
    progress.step(1, 4);
    progress.note('look');
    expect(stderr.text()).toMatch(/1 of 4 steps.*look\n.*1 of 4 steps/s);
    progress.end();
  });
});
