import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { office } from '../program';
import { aMailbox, aReport, aTask } from '../testing/documents';
import { PlayedApi, problem, type Reaction } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

const planId = '01a00000-0000-7000-8000-000000000001';
const reportId = '01a00000-0000-7000-8000-000000000002';
const plan = { mailboxId: aMailbox().id, dryRun: false, found: 9, fresh: 7, proposed: 0 };

const queued = { body: aTask({ id: planId }) };
const planned = (done: number, total: number) => ({
  body: aTask({ id: planId, state: 'succeeded', result: plan, progress: { done, total }, nextId: reportId }),
});
const reported = (report = aReport()) => ({
  body: aTask({ id: reportId, name: 'sort_report', state: 'succeeded', result: report }),
});
const away = problem(503, 'SCHEMA_NOT_READY', 'the database lacks table tasks', { headers: { 'retry-after': '2' } });

let api: PlayedApi;
let maildir: string;
beforeEach(async () => {
  api = await PlayedApi.start();
  maildir = realpathSync(mkdtempSync(join(tmpdir(), 'office-sort-')));
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, part));
  Object.assign(api.routes, {
    'POST /api/mailboxes': { status: 201, body: aMailbox({ path: maildir }) },
    'POST /api/tasks/background_sort': { status: 202, body: queued.body },
    [`GET /api/tasks/${planId}`]: [queued, planned(0, 4), planned(3, 6), planned(6, 6)],
    [`GET /api/tasks/${reportId}`]: [
      problem(404, 'NOT_FOUND', `there is no task ${reportId}`),
      { body: aTask({ id: reportId, name: 'sort_report' }) },
      reported(),
    ],
  } satisfies Record<string, Reaction | Reaction[]>);
});
afterEach(async () => {
  await api.stop();
  rmSync(maildir, { recursive: true });
});

const sort = async (args: string[] = [], some: Parameters<typeof testSurroundings>[0] = {}) => {
  const surroundings = testSurroundings({ env: { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' }, ...some });
  const code = await office(['sort', maildir, ...args], surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};

test('connects, enqueues, follows the batch to the report that comes after it, and prints that', async () => {
  const { code, out, err } = await sort();
  expect(code).toBe(0);
  expect(out).toMatch(/^7 mails sorted, 5 mails moved\./);
  expect(out).toMatch(/4 {2}forum\n +2 {2}personal\n +1 {2}spam/);
  expect(err.split('\n')).toEqual([
    'planning: looking for what is new',
    'sorting: 7 new of the 9 mails in the folders that have changed',
    '3 of 6 steps (50 %)',
    '6 of 6 steps (100 %)',
    'counting',
    '',
  ]);
  expect(api.requests[0]).toMatchObject({
    route: 'POST /api/mailboxes',
    headers: { authorization: 'Bearer secret' },
    body: { name: maildir.split('/').at(-1), path: maildir, addresses: [] },
  });
  expect(api.requests[1]).toMatchObject({ body: { mailboxId: aMailbox().id, dryRun: false } });
});

test('--json prints one document alone, and nothing on stderr when all goes well and nobody watches', async () => {
  const { code, out, err } = await sort(['--json']);
  expect(code).toBe(0);
  expect(err).toBe('');
  expect(JSON.parse(out)).toEqual({
    ...aReport(),
    taskId: planId,
    reportId,
    plan: { found: 9, fresh: 7, proposed: 0, pending: 0 },
    mailbox: { id: aMailbox().id, name: 'Mine', path: maildir },
  });
});

test('on a terminal there is a bar, which is gone at the end', async () => {
  const { err } = await sort([], { isTTY: true });
  expect(err).toContain('50 %  3 of 6 steps');
  // Cursor shown again, and the bar's line cleared.
  expect(err.lastIndexOf('\u001b[?25h')).toBeGreaterThan(err.lastIndexOf('\u001b[?25l'));
  expect(err.endsWith('counting\u001b[22m\n')).toBe(true);
});

test('what dry runs have proposed is told of', async () => {
  const { body } = planned(1, 1);
  api.routes[`GET /api/tasks/${planId}`] = { body: { ...body, result: { ...plan, proposed: 5 } } };
  expect((await sort()).err).toContain('\ncarrying out 5 moves that dry runs have proposed\n');
});

test('--dry-run says that nothing was moved, and what would be', async () => {
  api.routes[`GET /api/tasks/${reportId}`] = reported(aReport({ dryRun: true, actions: { proposed: 5 } }));
  const { code, out } = await sort(['--dry-run']);
  expect(code).toBe(0);
  expect(out).toMatch(/^Dry run: 7 mails sorted, and nothing was moved\.\n5 mails would be moved/);
  expect(api.asked('POST /api/tasks/background_sort')).toMatchObject([{ body: { dryRun: true } }]);
});

test('a dry run says how many moves earlier ones have proposed', async () => {
  const { body } = planned(1, 1);
  api.routes[`GET /api/tasks/${planId}`] = { body: { ...body, result: { ...plan, dryRun: true, pending: 3 } } };
  api.routes[`GET /api/tasks/${reportId}`] = reported(aReport({ dryRun: true, actions: { proposed: 5 } }));
  expect((await sort(['--dry-run'])).out).toContain('3 moves that earlier dry runs proposed are pending as well.');
});

test('a sort says how it can be undone, unless it has moved nothing', async () => {
  expect((await sort()).out).toContain(`\`office undo --run ${planId}\` puts them back.`);
  api.routes[`GET /api/tasks/${reportId}`] = reported(aReport({ moved: {} }));
  expect((await sort()).out).not.toContain('undo');
});

test('--name and --address go to the API, and do nothing to a mailbox that was connected before', async () => {
  await sort(['--name', 'Work', '--address', 'a@example.org', 'b@example.org']);
  expect(api.asked('POST /api/mailboxes')).toMatchObject([
    { body: { name: 'Work', addresses: ['a@example.org', 'b@example.org'] } },
  ]);
  api.routes['POST /api/mailboxes'] = { status: 200, body: aMailbox({ path: maildir }) };
  expect((await sort(['--name', 'Work'])).err).toContain('was connected before as "Mine"');
});

test('a sort that is under way already is followed', async () => {
  api.routes['POST /api/tasks/background_sort'] = { status: 200, body: queued.body };
  const { code, err } = await sort();
  expect(code).toBe(0);
  expect(err).toContain('that is under way');
});

test('mails that could not be sorted are an exit code of 1, with the report', async () => {
  const failed = { total: 1, examples: [{ what: '100 mails of task 9', reason: 'the disk is full' }] };
  api.routes[`GET /api/tasks/${reportId}`] = reported(aReport({ failed }));
  const { code, out } = await sort();
  expect(code).toBe(1);
  expect(out).toContain('the disk is full');
});

describe('when things go wrong', () => {
  test.each([
    ['the plan', planId, 'background_sort'],
    ['the report', reportId, 'sort_report'],
  ])('%s that failed is an error with its reason', async (_what, id, name) => {
    const error = { code: 'NOT_A_MAILDIR', message: 'it is no Maildir' };
    api.routes[`GET /api/tasks/${id}`] = { body: aTask({ id, name, state: 'failed', attempt: 3, error }) };
    const { code, err, out } = await sort(['--json']);
    expect(code).toBe(1);
    expect(err).toContain(`${name} failed at attempt 3: it is no Maildir (NOT_A_MAILDIR)`);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'TASK_FAILED' } });
  });

  test('a sort that somebody cancels is an error', async () => {
    api.routes[`GET /api/tasks/${planId}`] = [queued, { body: aTask({ id: planId, state: 'cancelled' }) }];
    expect(await sort()).toMatchObject({ code: 1, err: expect.stringContaining('was cancelled') as string });
  });

  test('an attempt that failed is said once', async () => {
    const error = { code: 'INTERNAL', message: 'out of luck' };
    const failedAttempts = [{ attempt: 1, error, worker: 'host/1', failedAt: '2024-05-01T10:00:00.000Z' }];
    const again = { body: aTask({ id: planId, attempt: 2, failedAttempts }) };
    api.routes[`GET /api/tasks/${planId}`] = [queued, again, again, planned(1, 1)];
    const { code, err } = await sort();
    expect(code).toBe(0);
    expect(
      err.match(/attempt 1 of 5 at background_sort failed, and is followed by another: out of luck/g),
    ).toHaveLength(1);
  });

  test('a plan that no worker takes is said once', async () => {
    api.routes[`GET /api/tasks/${planId}`] = [...Array.from({ length: 500 }, () => queued), planned(1, 1)];
    const { code, err } = await sort();
    expect(code).toBe(0);
    expect(err.match(/nothing has happened for 20 s/g)).toHaveLength(1);
  });

  test('Ctrl-C ends the following and not the sort', async () => {
    const surroundings = testSurroundings({ env: { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' } });
    api.routes[`GET /api/tasks/${planId}`] = [
      planned(1, 6),
      () => {
        surroundings.interrupt();
        return 'silence';
      },
    ];
    expect(await office(['sort', maildir], surroundings)).toBe(130);
    expect(surroundings.stderr.text()).toContain(
      `interrupted\nThe sort goes on in the background: \`office tasks show ${planId}\``,
    );
    expect(surroundings.stdout.text()).toBe('');
  });

  test('a folder that is no Maildir is refused before anybody is asked', async () => {
    rmSync(join(maildir, 'cur'), { recursive: true });
    expect(await sort()).toMatchObject({ code: 2, err: expect.stringContaining('it has no cur directory') as string });
    expect(api.requests).toEqual([]);
  });
});

describe('while the API restarts', () => {
  test('503 is waited out for as long as it asks for, and said once', async () => {
    const sleeps: number[] = [];
    api.routes[`GET /api/tasks/${planId}`] = [queued, away, away, planned(1, 1)];
    const { code, err } = await sort([], { onSleep: (now) => sleeps.push(now) });
    expect(code).toBe(0);
    expect(err).toMatch(
      /is not ready: the database lacks table tasks; waiting for it, for up to 60 s\nthe API answers again/,
    );
    // A pause between looks, and two as long as Retry-After says.
    expect(sleeps.slice(0, 3)).toEqual([100, 2100, 4100]);
  });

  test('a refused connection is waited out', async () => {
    let sleeps = 0;
    const { code, err } = await sort([], {
      onSleep: async () => {
        sleeps++;
        if (sleeps === 1) await api.stop();
        if (sleeps === 4) await api.listen();
      },
    });
    expect(code).toBe(0);
    expect(err).toMatch(
      /does not answer: (connection refused|the connection was lost); waiting for it, for up to 60 s\nthe API answers again/,
    );
  });

  test('an enqueueing whose answer was lost is asked for again with the same key', async () => {
    api.routes['POST /api/tasks/background_sort'] = [away, { status: 202, body: queued.body }];
    expect(await sort()).toMatchObject({ code: 0 });
    const keys = api.asked('POST /api/tasks/background_sort').map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  test('patience ends, and the sort goes on', async () => {
    let last = 0;
    api.routes[`GET /api/tasks/${planId}`] = [queued, away];
    const { code, err } = await sort([], { onSleep: (now) => (last = now) });
    expect(code).toBe(1);
    expect(last).toBe(60_100);
    expect(err).toMatch(/gave up after 60 s: .*\(API_UNREACHABLE\)/);
    expect(err).toContain(`goes on in the background: \`office tasks show ${planId}\``);
  });

  test('a report that never comes to exist is an error after that time', async () => {
    api.routes[`GET /api/tasks/${reportId}`] = problem(404, 'NOT_FOUND', 'there is no such task');
    expect(await sort()).toMatchObject({ code: 1, err: expect.stringContaining('TASK_MISSING') as string });
  });
});
