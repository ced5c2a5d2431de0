import { office } from '../program';
import { PlayedApi, problem } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

let played: PlayedApi;
beforeEach(async () => {
  played = await PlayedApi.start();
});
afterEach(() => played.stop());

const run = async (...args: string[]) => {
  const surroundings = testSurroundings({ env: { OFFICE_URL: played.url, OFFICE_TOKEN: 'secret' } });
  const code = await office(args, surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};
const token = {
  id: 'id-1',
  accountId: 'account-1',
  name: 'laptop',
  scope: 'owner',
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
};
const page = (...items: unknown[]) => ({ body: { items, next: null } });

test('tokens are listed, revoked and rotated; the new one is printed alone', async () => {
  played.routes['GET /api/tokens'] = page(token);
  played.routes['DELETE /api/tokens/id-1'] = { status: 204, body: '' };
  played.routes['POST /api/tokens/id-1/rotate'] = { status: 201, body: { id: 'id-2', token: 'office_new' } };
  expect((await run('token', 'list')).out).toMatch(/id-1 +owner.*laptop/);
  expect(await run('token', 'revoke', 'id-1')).toMatchObject({ code: 0, out: 'token id-1 is over\n' });
  expect(await run('token', 'rotate', 'id-1', '--grace', '2')).toMatchObject({ code: 0, out: 'office_new\n' });
  expect(played.requests.at(-1)?.body).toEqual({ graceHours: 2 });
});

const entry = {
  id: 'e',
  at: '2026-01-01T00:00:00.000Z',
  accountId: 'a',
  tokenId: 'id-1',
  sessionId: null,
  action: 'task.enqueue',
  object: 'task-1',
  outcome: 'done',
  requestId: 'r',
  address: '10.0.0.1',
};

test('the log of who did what is listed', async () => {
  played.routes['GET /api/audit'] = page(entry);
  const { out } = await run('audit');
  expect(out).toMatch(/id-1 +10.0.0.1 +task.enqueue +done +task-1/);
  expect(out).not.toContain('--cursor');
});

test('the log goes on behind a page with what that page gives out', async () => {
  played.routes['GET /api/audit'] = [
    { body: { items: [entry], next: 'a+b' } },
    { body: { items: [{ ...entry, object: 'task-0' }], next: null } },
  ];
  expect((await run('audit', '--limit', '1')).out).toContain('add --cursor a+b');
  const { out } = await run('audit', '--limit', '1', '--cursor', 'a+b');
  expect(out).toContain('task-0');
  expect(out).not.toContain('--cursor');
  expect(Object.fromEntries(played.requests.at(-1)?.query ?? [])).toEqual({ limit: '1', cursor: 'a+b' });
});

test('an API that has had too many requests is waited for, and that is said', async () => {
  const limited = problem(429, 'RATE_LIMITED', 'too many');
  played.routes['GET /api/tokens'] = [
    { ...(limited as object), headers: { 'retry-after': '0' } } as never,
    page(token),
  ];
  const { code, err } = await run('token', 'list');
  expect(code).toBe(0);
  expect(err).toContain('too many requests');
  expect(played.requests).toHaveLength(2);
});

test('one that never has enough is given up, with its problem', async () => {
  const limited = problem(429, 'RATE_LIMITED', 'too many');
  played.routes['GET /api/tokens'] = { ...(limited as object), headers: { 'retry-after': '0' } } as never;
  expect(await run('token', 'list')).toMatchObject({ code: 1, err: expect.stringContaining('RATE_LIMITED') as string });
});
