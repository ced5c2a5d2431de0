/** What holds for every route there is, and for each that will be added. */
import { Account, AuditEntry, Mail, newId } from '@sorting-office/db';
import { loadTasks } from '@sorting-office/tasks';
import { startApi, type TestApi } from '../testing/api';
import { mountedRoutes } from '../testing/mounted-routes';
import { csrfHeader, sessionCookie } from './cookie';

interface Operation {
  security?: unknown[];
  tags: string[];
}

/** What answers without a token: a route is added here by somebody who means it. */
const open = ['GET /api/openapi.json', 'GET /healthz/live', 'GET /healthz/ready', 'GET /metrics', 'POST /api/session'];
/** What is for operators alone. */
const operators = [
  'DELETE /api/dead-letters/:id',
  'GET /api/dead-letters',
  'GET /api/dead-letters/:id',
  'POST /api/dead-letters/:id/requeue',
  'POST /api/dead-letters/drop',
  'POST /api/dead-letters/requeue',
  'POST /api/tasks/redispatch',
];

const nobody = '01900000-0000-7000-8000-000000000000';

let api: TestApi;
let mounted: string[];
let documented: Record<string, Operation>;
let routes: { method: string; path: string; open: boolean; operator: boolean }[];
let cookie: string;
let csrf: string;
beforeAll(async () => {
  const registry = await loadTasks();
  mounted = mountedRoutes(registry);
  api = await startApi({}, registry);
  await api.api.whenReady();
  await api.api.whenConnected();
  const { body } = await api.ask('GET', '/api/openapi.json');
  const paths = body['paths'] as Record<string, Record<string, Operation>>;
  documented = Object.fromEntries(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [
        `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
        operation,
      ]),
    ),
  );
  routes = mounted.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return {
      method,
      path: path.replace(':id', nobody).replace(':name', 'nothing'),
      open: open.includes(route),
      operator: operators.includes(route),
    };
  });
  const opened = await api.ask('POST', '/api/session', { token: api.token }, {}, null);
  cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  csrf = String(opened.body['csrfToken']);
});
afterAll(() => api.close());

const unsafe = () => routes.filter(({ method, open }) => method !== 'GET' && !open);
const entries = () => api.database.read((db) => db(AuditEntry).orderBy('id'));

/** Whom a route answers, as it says itself. A stream is never over: its head is enough. */
async function codeOf(
  { method, path }: { method: string; path: string },
  secret: string | null,
): Promise<string | null> {
  const response = await fetch(api.url + path, {
    method: path === '/api/events' ? 'HEAD' : method,
    headers: { 'content-type': 'application/json', ...(secret !== null && { authorization: `Bearer ${secret}` }) },
    ...(method !== 'GET' && { body: '{}' }),
  });
  const text = await response.text();
  if (response.status === 401 && text === '') return 'TOKEN_MISSING';
  return /"code":"(\w+)"/.exec(text)?.[1] ?? null;
}
const answering = async (code: string, secret: string | null) => {
  const found: string[] = [];
  for (const [n, route] of routes.entries()) if ((await codeOf(route, secret)) === code) found.push(mounted[n] ?? '');
  return found.sort();
};

test('every route of the router but those of machines is documented, and nothing else is', () => {
  const ofMachines = open.filter((route) => route !== 'POST /api/session');
  expect(Object.keys(documented).concat(ofMachines).sort()).toEqual(mounted);
});

test('none but these answers without a token, and the documentation says so', async () => {
  expect(await answering('TOKEN_MISSING', null)).toEqual(mounted.filter((route) => !open.includes(route)));
  const free = Object.entries(documented).filter(([, { security }]) => security?.length === 0);
  expect(free.map(([route]) => route)).toEqual(['POST /api/session']);
});

test('these and no others are refused to an owner, and the documentation says so', async () => {
  expect(await answering('OPERATOR_REQUIRED', api.token)).toEqual(operators);
  const tagged = Object.entries(documented).filter(([, { tags }]) => tags.includes('operators'));
  expect(tagged.map(([route]) => route).sort()).toEqual(operators);
});

test('none with an id tells of what is not the account’s', async () => {
  const ids = await theirs();
  const own = routes.filter(({ path, operator }) => path.includes(nobody) && !operator);
  const at = (path: string) => path.replace(nobody, ids[path.split('/')[2] ?? ''] ?? 'no such kind');
  for (const { method, path } of own) {
    const body = method === 'PATCH' ? { enabled: false } : {};
    const answer = await api.ask(method, at(path), method === 'GET' || method === 'DELETE' ? undefined : body);
    const { status, body: said } = answer;
    expect({ method, path: at(path), status, said }).toMatchObject({
      method,
      status: 404,
      said: { code: 'NOT_FOUND' },
    });
  }
  // Nor does an id in a body: the same task for the same mailbox is theirs alone.
  const same = await api.ask('POST', '/api/tasks/background_sort', { mailboxId: ids['mailboxes'] });
  expect(same.status).toBe(202);
  expect(same.body['id']).not.toBe(ids['tasks']);
  // They are there nevertheless, and nothing has become of them.
  const shown = own.filter(({ method }) => method === 'GET');
  expect(shown.length).toBeGreaterThan(4);
  for (const { path } of shown) {
    const { status } = await api.ask('GET', at(path), undefined, {}, api.otherToken);
    expect({ path: at(path), status }).toEqual({ path: at(path), status: 200 });
  }
  const { body } = await api.ask('GET', '/api/tokens?limit=200', undefined, {}, api.otherToken);
  expect(body.items).toContainEqual(expect.objectContaining({ id: ids['tokens'], revokedAt: null, expiresAt: null }));
});

/** Something of every kind that has an id, by the word in its path, of another account. */
async function theirs(): Promise<Record<string, string>> {
  const make = async (path: string, body: object) => {
    const made = await api.ask('POST', path, body, {}, api.otherToken);
    expect([path, made.status]).toEqual([
      path,
      path === '/api/tasks/background_sort' || path === '/api/searches' ? 202 : 201,
    ]);
    return String(made.body['id']);
  };
  const mailboxId = await make('/api/mailboxes', { name: 'Theirs', path: '/srv/theirs' });
  const mailId = newId();
  await api.database.transaction(async (db) => {
    const { id: account_id } = await db(Account).findOne({ name: 'somebody else' }).throwIfNotFound();
    const said = { from_name: '', from_address: 'a@example.org', recipients: [], subject: '', snippet: '', size: 1 };
    const seen = { store_key: mailId, folder: 'INBOX', flags: '', message_id: null, sent_at: null };
    await db(Mail).insert({
      ...{ id: mailId, account_id, mailbox_id: mailboxId, attachments: [], problems: [] },
      ...said,
      ...seen,
    });
  });
  return {
    mailboxes: mailboxId,
    mails: mailId,
    tasks: await make('/api/tasks/background_sort', { mailboxId }),
    searches: await make('/api/searches', { mailboxId, text: 'linux', timezone: 'UTC' }),
    schedules: await make('/api/schedules', {
      name: 'n',
      task: 'background_sort',
      payload: { mailboxId },
      cron: '0 3 * * *',
    }),
    tokens: await make('/api/tokens', { name: 'theirs' }),
  };
}

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
