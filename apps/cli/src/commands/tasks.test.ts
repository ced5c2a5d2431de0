import { office } from '../program';
import { aMailbox, anUndoReport, aReport, aTask } from '../testing/documents';
import { PlayedApi, problem } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

const [one, two] = ['01a00000-0000-7000-8000-000000000001', '01a00000-0000-7000-8000-000000000002'];
const error = { code: 'NO_LUCK', message: 'out of luck' };

let api: PlayedApi;
beforeEach(async () => {
  api = await PlayedApi.start();
});
afterEach(() => api.stop());

const run = async (...args: string[]) => {
  const surroundings = testSurroundings({ env: { OFFICE_URL: `${api.url}/`, OFFICE_TOKEN: 'secret' } });
  const code = await office(args, surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};

test('lists, as it is asked to', async () => {
  const items = [
    aTask({ id: two, state: 'failed', error, attempt: 3 }),
    aTask({ id: one, progress: { done: 1, total: 4 } }),
  ];
  api.routes['GET /api/tasks'] = { body: { items, next: 'more' } };
  const { code, out } = await run('tasks', '--state', 'failed', '--name', 'background_sort', '--limit', '2');
  expect(code).toBe(0);
  expect(Object.fromEntries(api.requests[0]?.query ?? [])).toEqual({
    state: 'failed',
    name: 'background_sort',
    limit: '2',
  });
  expect(out).toMatch(/^id +name +state +attempt +progress +created +error\n/);
  expect(out).toMatch(new RegExp(`\\n${two} +background_sort +failed +3 +[-0-9: ]+out of luck\\n`));
  expect(out).toMatch(/queued +1 +1\/4/);
  expect(out).toContain('There are more');
  expect(JSON.parse((await run('tasks', '--json')).out)).toMatchObject({
    items: [{ id: two }, { id: one }],
    next: 'more',
  });
});

test('shows how urgent tasks are and when they are due, where any of them is or will be', async () => {
  const items = [aTask({ id: two, priority: 9, dueAt: '2024-05-02T10:00:00.000Z' }), aTask({ id: one })];
  api.routes['GET /api/tasks'] = { body: { items, next: null } };
  const { out } = await run('tasks');
  expect(out).toMatch(/^id +name +state +priority +attempt +progress +created +due +error\n/);
  expect(out).toMatch(/queued +9 +1 +[-0-9]+ [:0-9]+ +2024-05-02 \d\d:\d\d:\d\d\n/);
  expect(out).toMatch(/queued +0 +1 +[-0-9]+ [:0-9]+ +-\n/);
  api.routes[`GET /api/tasks/${two}`] = { body: items[0] };
  expect((await run('tasks', 'show', two)).out).toMatch(/priority +9\n.*due +2024-05-02/s);
});

test('says that there are none', async () => {
  api.routes['GET /api/tasks'] = { body: { items: [], next: null } };
  expect(await run('tasks', 'list')).toMatchObject({ code: 0, out: 'There are no such tasks.\n' });
});

test('shows one with every attempt that failed', async () => {
  const failedAttempts = [{ attempt: 1, error, worker: 'host/17', failedAt: '2024-05-01T10:00:00.000Z' }];
  const task = aTask({ id: one, state: 'failed', payload: { path: '/a' }, error, failedAttempts, nextId: two });
  api.routes[`GET /api/tasks/${one}`] = { body: task };
  const { code, out } = await run('tasks', 'show', one);
  expect(code).toBe(0);
  expect(out).toMatch(/payload +{"path":"\/a"}/);
  expect(out).toMatch(/error +out of luck \(NO_LUCK\)/);
  expect(out).toMatch(/1 {2}2024-05-01 \d\d:\d\d:\d\d {2}host\/17 {2}out of luck/);
  expect(out).toMatch(new RegExp(`goes on as +${two}`));
  expect(JSON.parse((await run('tasks', 'show', one, '--json')).out)).toEqual(task);
});

test('shows the report of a sort as one', async () => {
  api.routes[`GET /api/tasks/${one}`] = {
    body: aTask({ id: one, name: 'sort_report', state: 'succeeded', result: aReport() }),
  };
  expect((await run('tasks', 'show', one)).out).toContain('7 mails sorted, 5 mails moved.');
});

test('shows the report of an undo as one', async () => {
  api.routes[`GET /api/tasks/${one}`] = {
    body: aTask({ id: one, name: 'undo_report', state: 'succeeded', result: anUndoReport() }),
  };
  expect((await run('tasks', 'show', one)).out).toContain('2 mails put back.');
});

test('retries several; one that is refused does not keep the others from it', async () => {
  api.routes[`POST /api/tasks/${one}/retry`] = problem(409, 'TASK_NOT_FAILED', `task ${one} has not failed`);
  api.routes[`POST /api/tasks/${two}/retry`] = { status: 202, body: aTask({ id: two }) };
  const { code, out } = await run('tasks', 'retry', one, two);
  expect(code).toBe(1);
  expect(out).toBe(
    `${one}  error task ${one} has not failed (TASK_NOT_FAILED)\n${two}  background_sort is queued again\n`,
  );
  expect(JSON.parse((await run('tasks', 'retry', one, two, '--json')).out)).toMatchObject({
    items: [
      { id: one, error: { code: 'TASK_NOT_FAILED' } },
      { id: two, task: { state: 'queued' } },
    ],
  });
});

test('cancels: at once what waits, later what runs', async () => {
  api.routes[`DELETE /api/tasks/${one}`] = { status: 200, body: aTask({ id: one, state: 'cancelled' }) };
  api.routes[`DELETE /api/tasks/${two}`] = { status: 202, body: aTask({ id: two }) };
  expect(await run('tasks', 'cancel', one, two)).toMatchObject({
    code: 0,
    out: `${one}  background_sort is cancelled\n${two}  background_sort is running: its worker has been asked to stop it\n`,
  });
});

test('cancels what a task has started, and says whether some of it still runs', async () => {
  api.routes[`DELETE /api/tasks/${one}`] = { status: 200, body: aTask({ id: one, state: 'succeeded' }) };
  api.routes[`DELETE /api/tasks/${two}`] = { status: 202, body: aTask({ id: two, state: 'succeeded' }) };
  expect((await run('tasks', 'cancel', one, two)).out).toBe(
    `${one}  what background_sort has started is cancelled\n${two}  what background_sort has started is cancelled, but for what is running: its workers have been asked to stop it\n`,
  );
});

test('retries all that failed and that a filter fits, part by part, and says how many', async () => {
  api.routes['POST /api/tasks/retry'] = [
    { body: { replayed: 500, skipped: 0, more: true, next: 'on' } },
    { body: { replayed: 1, skipped: 2, more: false, next: null } },
  ];
  const filter = ['--failed', '--name', 'sort_batch', '--error', 'NO_LUCK', '--since', '2024-05-01T10:00:00+02:00'];
  const { code, out, err } = await run('tasks', 'retry', ...filter);
  expect({ code, out }).toEqual({ code: 0, out: '501 tasks queued again; 2 cannot be, or are queued already\n' });
  expect(err).toContain('500 tasks queued again so far');
  const asked = { state: 'failed', name: 'sort_batch', errorCode: 'NO_LUCK', since: '2024-05-01T08:00:00.000Z' };
  expect(api.requests.map(({ body }) => body)).toEqual([asked, { ...asked, cursor: 'on' }]);
  api.routes['POST /api/tasks/retry'] = { body: { replayed: 1, skipped: 0, more: false, next: null } };
  expect(JSON.parse((await run('tasks', 'retry', '--failed', '--json')).out)).toEqual({ replayed: 1, skipped: 0 });
});

test.each([
  [[], /name the tasks to retry, or say --failed/],
  [['--name', 'sort_batch'], /name the tasks to retry, or say --failed/],
  [[one, '--failed'], /not both/],
  [[one, '--since', '2024-05-01'], /--name, --error and --since go with --failed/],
  [['--failed', '--since', 'yesterday'], /a moment such as 2025-03-01/],
])('retry %j is a mistake, and nothing is replayed', async (args, reason) => {
  expect(await run('tasks', 'retry', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(reason) as string });
  expect(api.requests).toEqual([]);
});

test('has the tasks of some queues, or of all, published again', async () => {
  api.routes['POST /api/tasks/redispatch'] = { body: { tasks: 7 } };
  expect(await run('tasks', 'redispatch', '--queue', 'bulk', 'default')).toMatchObject({
    code: 0,
    out: '7 tasks will be published again\n',
  });
  await run('tasks', 'redispatch');
  expect(api.requests.map(({ body }) => body)).toEqual([{ queues: ['bulk', 'default'] }, {}]);
  expect(await run('tasks', 'redispatch', '--queue', 'slow')).toMatchObject({ code: 2 });
});

test('an id reaches the API as one, whatever is in it', async () => {
  await run('tasks', 'show', '../mailboxes?x');
  expect(api.requests[0]?.route).toBe('GET /api/tasks/..%2Fmailboxes%3Fx');
});

test('lists mailboxes', async () => {
  api.routes['GET /api/mailboxes'] = { body: { items: [aMailbox({ addresses: ['a@example.org'] })], next: null } };
  const { code, out } = await run('mailboxes');
  expect(code).toBe(0);
  expect(out).toMatch(/Mine +2024-05-01 \d\d:\d\d:\d\d +a@example\.org +\/home\/ivan\/Maildir\n$/);
  api.routes['GET /api/mailboxes'] = { body: { items: [], next: null } };
  expect((await run('mailboxes')).out).toContain('office sort PATH');
});
