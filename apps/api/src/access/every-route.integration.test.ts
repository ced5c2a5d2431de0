/** What holds for every route there is, and for each that will be added. */
import { AuditEntry } from '@sorting-office/db';
import { startApi, type TestApi } from '../testing/api';
import { csrfHeader, sessionCookie } from './cookie';

type Operation = { security?: unknown[]; tags: string[] };

const nobody = '01900000-0000-7000-8000-000000000000';

let api: TestApi;
let routes: { method: string; path: string; open: boolean; operator: boolean }[];
let cookie: string;
let csrf: string;
beforeAll(async () => {
  api = await startApi();
  await api.api.whenReady();
  await api.api.whenConnected();
  const { body } = await api.ask('GET', '/api/openapi.json');
  const paths = body['paths'] as Record<string, Record<string, Operation>>;
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, tags }]) => ({
      method: method.toUpperCase(),
      path: path.replace('{id}', nobody).replace('{name}', 'nothing'),
      open: security?.length === 0,
      operator: tags.includes('operators'),
    })),
  );
  const opened = await api.ask('POST', '/api/session', { token: api.token }, {}, null);
  cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  csrf = String(opened.body['csrfToken']);
});
afterAll(() => api.close());

const unsafe = () => routes.filter(({ method, open }) => method !== 'GET' && !open);
const entries = () => api.database.read((db) => db(AuditEntry).orderBy('id'));

test('there are the routes that these tests are about', () => {
  expect(unsafe().length).toBeGreaterThan(15);
  expect(routes.filter(({ operator }) => operator).length).toBeGreaterThan(5);
});

test('none but the open ones answers without a token', async () => {
  for (const { method, path } of routes.filter(({ open }) => !open)) {
    const answer = await api.ask(method, path, undefined, {}, null);
    expect({ method, path, status: answer.status, code: answer.body['code'] }).toEqual({
      method,
      path,
      status: 401,
      code: 'TOKEN_MISSING',
    });
  }
});

test('an operator’s is refused to an owner', async () => {
  for (const { method, path } of routes.filter(({ operator }) => operator)) {
    const body = method === 'GET' ? undefined : {};
    expect({ path, status: (await api.ask(method, path, body)).status }).toEqual({ path, status: 403 });
  }
});

test('none with an id tells of what is not the account’s', async () => {
  const theirs = async (path: string, body: object) =>
    String((await api.ask('POST', path, body, {}, api.otherToken)).body['id']);
  const ids: Record<string, string> = {
    tasks: await theirs('/api/tasks/greet', { who: 'them' }),
    schedules: await theirs('/api/schedules', { name: 'n', task: 'greet', payload: { who: 'x' }, cron: '0 3 * * *' }),
    tokens: await theirs('/api/tokens', { name: 'theirs' }),
  };
  expect(JSON.stringify(ids)).not.toContain('undefined');
  for (const { method, path: at, operator } of routes.filter(({ path }) => path.includes(nobody))) {
    if (operator) continue;
    const path = at.replace(nobody, ids[at.split('/')[2] ?? ''] ?? nobody);
    const body = method === 'PATCH' ? { enabled: false } : {};
    const { status } = await api.ask(method, path, method === 'GET' || method === 'DELETE' ? undefined : body);
    expect({ method, path, status }).toEqual({ method, path, status: 404 });
  }
});

test('with a cookie, none that changes something does so without the page’s own token and origin', async () => {
  for (const { method, path } of unsafe()) {
    const refused = async (headers: Record<string, string>) =>
      (await api.ask(method, path, {}, { cookie, ...headers }, null)).body['code'];
    const what = `${method} ${path}`;
    expect([what, await refused({})]).toEqual([what, 'CSRF_TOKEN_INVALID']);
    expect([what, await refused({ [csrfHeader]: `${csrf}x` })]).toEqual([what, 'CSRF_TOKEN_INVALID']);
    const foreign = { [csrfHeader]: csrf, origin: 'https://elsewhere.example' };
    expect([what, await refused(foreign)]).toEqual([what, 'ORIGIN_FOREIGN']);
    const framed = { [csrfHeader]: csrf, 'sec-fetch-site': 'cross-site' };
    expect([what, await refused(framed)]).toEqual([what, 'ORIGIN_FOREIGN']);
  }
});

test('each that changes something is noted, with who asked, whatever came of it', async () => {
  for (const { method, path } of unsafe()) {
    if (path === '/api/session') continue;
    const before = (await entries()).length;
    const answer = await api.ask(method, path, {}, {}, api.operatorToken);
    const added = (await entries()).slice(before);
    expect({ method, path, status: answer.status, added: added.length }).toMatchObject({ method, path, added: 1 });
    expect(added[0]).toMatchObject({
      outcome: answer.status < 400 ? 'done' : answer.body['code'],
      request_id: answer.headers.get('x-request-id'),
      action: expect.stringMatching(/^[a-z-]+\.[a-z-]+$/) as string,
      address: '127.0.0.1',
    });
    expect(added[0]?.account_id).not.toBeNull();
    expect(added[0]?.token_id).not.toBeNull();
  }
});

test('the cookie is one that only this host’s own pages send, and no script reads', async () => {
  const opened = await api.ask('POST', '/api/session', { token: api.token }, {}, null);
  const set = opened.headers.get('set-cookie') ?? '';
  expect(set).toMatch(new RegExp(`^${sessionCookie}=session_[\\w-]{32};`));
  for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict']) expect(set).toContain(attribute);
  expect(set).not.toContain('Domain');
});
