import { connect } from 'node:net';
import { AuditEntry, createToken, Session, Token } from '@sorting-office/db';
import { startApi, type TestApi } from '../testing/api';
import { csrfHeader } from './cookie';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ API_REQUEST_SECONDS: '2', API_STREAMS_PER_ACCOUNT: '1', API_TRUST_PROXY: '1' });
  await api.api.whenReady();
  await api.api.whenConnected();
});
afterAll(() => api.close());

const as = (secret: string) => api.ask('GET', '/api/token', undefined, {}, secret);
const make = async (body: object, by = api.token) => {
  const { status, body: made } = await api.ask('POST', '/api/tokens', body, {}, by);
  expect(status).toBe(201);
  return { id: String(made['id']), secret: String(made['token']) };
};
const run = (sql: string, ...bindings: unknown[]) => api.database.transaction((db) => db.execute(sql, bindings));
const open = async (secret: string) => {
  const { status, headers, body } = await api.ask('POST', '/api/session', { token: secret }, {}, null);
  expect(status).toBe(201);
  return { cookie: (headers.get('set-cookie') ?? '').split(';')[0] ?? '', [csrfHeader]: String(body['csrfToken']) };
};
const withCookie = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
  api.ask(method, path, body, headers, null);

describe('a token', () => {
  test('works until it is revoked, and an owner revokes none of another account', async () => {
    const { id, secret } = await make({ name: 'laptop' });
    expect((await api.ask('DELETE', `/api/tokens/${id}`, undefined, {}, api.otherToken)).status).toBe(404);
    expect((await as(secret)).status).toBe(200);
    expect((await api.ask('DELETE', `/api/tokens/${id}`)).status).toBe(204);
    expect((await as(secret)).body).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test('ends when it expires', async () => {
    const { id, secret } = await make({ name: 'short', expiresInDays: 1 });
    expect((await as(secret)).status).toBe(200);
    await run('UPDATE tokens SET expires_at = now(6) - INTERVAL 1 SECOND WHERE id = ?', id);
    expect((await as(secret)).status).toBe(401);
  });

  test('is rotated: the old one works for the time that was said, and 24 hours at most', async () => {
    const { id, secret } = await make({ name: 'rotated' });
    const { status, body } = await api.ask('POST', `/api/tokens/${id}/rotate`);
    expect(status).toBe(201);
    expect([(await as(secret)).status, (await as(String(body['token']))).status]).toEqual([200, 200]);
    const [left] = await api.database.read((db) =>
      db.rows<{ hours: number }>(
        'SELECT TIMESTAMPDIFF(MINUTE, now(6), expires_at) / 60 AS hours FROM tokens WHERE id = ?',
        [id],
      ),
    );
    expect(Number(left?.hours)).toBeGreaterThan(23);
    expect(Number(left?.hours)).toBeLessThanOrEqual(24);
    expect((await api.ask('POST', `/api/tokens/${id}/rotate`, { graceHours: 0 })).status).toBe(201);
    expect((await as(secret)).status).toBe(401);
  });

  test('of an operator is made by an operator alone', async () => {
    const answer = await api.ask('POST', '/api/tokens', { name: 'more', scope: 'operator' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'OPERATOR_REQUIRED' } });
    await make({ name: 'more', scope: 'operator' }, api.operatorToken);
  });

  test('is listed without its hash, to its account and to operators', async () => {
    const { id } = await make({ name: 'listed' });
    const listed = async (secret: string) =>
      (await api.ask('GET', '/api/tokens?limit=200', undefined, {}, secret)).body.items ?? [];
    const mine = await listed(api.token);
    expect(mine.map((token) => token['id'])).toContain(id);
    expect(JSON.stringify(mine)).not.toMatch(/hash|office_/);
    expect((await listed(api.otherToken)).map((token) => token['id'])).not.toContain(id);
    expect((await listed(api.operatorToken)).map((token) => token['id'])).toContain(id);
  });
});

test("an operator's token is not for an owner of the same account to see, to end or to have another made of", async () => {
  const db = api.database;
  const secret = await db.transaction((unit) => createToken(unit, 'owner', 'watch', 'operator'));
  const { body } = await api.ask('GET', '/api/tokens?limit=200', undefined, {}, api.operatorToken);
  const id = String(body.items?.find((token) => token['name'] === 'watch')?.['id']);
  const mine = (await api.ask('GET', '/api/tokens?limit=200')).body.items ?? [];
  expect(mine.map((token) => token['id'])).not.toContain(id);
  expect((await api.ask('POST', `/api/tokens/${id}/rotate`)).status).toBe(404);
  expect((await api.ask('DELETE', `/api/tokens/${id}`)).status).toBe(404);
  expect((await as(secret)).status).toBe(200);
});

describe('a session', () => {
  test('does with its cookie and CSRF token what its token may, and is kept as a hash', async () => {
    const headers = await open(api.token);
    expect((await withCookie('POST', '/api/tasks/greet', headers, { who: 'Ann' })).status).toBe(202);
    expect((await withCookie('GET', '/api/session', { cookie: headers.cookie })).body['csrfToken']).toBe(
      headers[csrfHeader],
    );
    const rows = await api.database.read((db) => db(Session));
    expect(JSON.stringify(rows)).not.toContain(headers.cookie.split('=')[1]);
  });

  test('does not take the CSRF token of another session', async () => {
    const [one, two] = [await open(api.token), await open(api.token)];
    const answer = await withCookie(
      'POST',
      '/api/tasks/greet',
      { ...one, [csrfHeader]: two[csrfHeader] },
      { who: 'A' },
    );
    expect(answer.body).toMatchObject({ code: 'CSRF_TOKEN_INVALID' });
  });

  test.each([
    ['was ended', (headers: Record<string, string>) => withCookie('DELETE', '/api/session', headers)],
    ['was left alone', () => run('UPDATE sessions SET last_used_at = now(6) - INTERVAL 13 HOUR')],
    ['is too old', () => run('UPDATE sessions SET expires_at = now(6) - INTERVAL 1 SECOND')],
  ])('is over once it %s', async (_what, end) => {
    const headers = await open(api.token);
    await end(headers);
    expect((await withCookie('GET', '/api/tasks', headers)).body).toMatchObject({ code: 'SESSION_INVALID' });
  });

  test('that was ended has an entry in the audit log', async () => {
    const headers = await open(api.token);
    const opened = await api.database.read((db) =>
      db(AuditEntry).where({ action: 'session.open' }).orderBy('id', 'desc'),
    );
    const answer = await withCookie('DELETE', '/api/session', headers);
    expect(answer.status).toBe(204);
    const requestId = answer.headers.get('x-request-id') ?? '';
    const entries = await api.database.read((db) => db(AuditEntry).where({ request_id: requestId }));
    const { account_id, token_id, session_id } = opened[0] ?? {};
    expect(session_id).toEqual(expect.any(String));
    expect(entries).toEqual([
      expect.objectContaining({ action: 'session.end', outcome: 'done', account_id, token_id, session_id }),
    ]);
  });

  test('is over with its token', async () => {
    const { id, secret } = await make({ name: 'page' });
    const headers = await open(secret);
    await api.ask('DELETE', `/api/tokens/${id}`);
    expect((await withCookie('GET', '/api/tasks', headers)).status).toBe(401);
  });

  test('is not opened by another site’s page, nor with a token that is none', async () => {
    const foreign = await withCookie('POST', '/api/session', { origin: 'https://evil.example' }, { token: api.token });
    expect(foreign.body).toMatchObject({ code: 'ORIGIN_FOREIGN' });
    const wrong = await withCookie('POST', '/api/session', {}, { token: 'office_wrong' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
  });
});

describe('the audit log', () => {
  test('has what was done in the transaction that did it, with its object', async () => {
    const { body, headers } = await api.ask('POST', '/api/tasks/greet', { who: 'audited' });
    const [entry] = await api.database.read((db) =>
      db(AuditEntry).where({ request_id: headers.get('x-request-id') ?? '' }),
    );
    expect(entry).toMatchObject({ action: 'task.enqueue', object: body['id'], outcome: 'done' });
    await run('ALTER TABLE audit_log RENAME COLUMN action TO act');
    const before = (await api.tasks()).length;
    const refused = await api.ask('POST', '/api/tasks/greet', { who: 'nobody' });
    await run('ALTER TABLE audit_log RENAME COLUMN act TO action');
    expect(refused.status).toBe(503);
    expect(await api.tasks()).toHaveLength(before);
    await api.api.whenReady();
  });

  test('is shown to an owner as far as it is of the account, and has no secret', async () => {
    const { secret } = await make({ name: 'secret' });
    await open(secret);
    const all = async (by: string) =>
      (await api.ask('GET', '/api/audit?limit=200', undefined, {}, by)).body.items ?? [];
    const mine = await all(api.token);
    expect(mine.map((entry) => entry['action'])).toEqual(expect.arrayContaining(['token.create', 'session.open']));
    expect(new Set(mine.map((entry) => entry['accountId']))).toEqual(new Set([api.accountId]));
    expect((await all(api.otherToken)).filter((entry) => entry['accountId'] === api.accountId)).toEqual([]);
    expect((await all(api.operatorToken)).length).toBeGreaterThan(mine.length);
    expect(JSON.stringify(await all(api.operatorToken))).not.toMatch(/office_|session_/);
  });

  test.each([
    ['an owner', () => api.token],
    ['an operator', () => api.operatorToken],
  ])('is shown to %s page after page, without a gap', async (_who, by) => {
    for (let n = 0; n < 5; n++) await make({ name: `page ${n}` });
    // Each look is an entry itself, and newer than those that it shows.
    const look = async (query: string) => (await api.ask('GET', `/api/audit?${query}`, undefined, {}, by())).body;
    const ids = (items: Record<string, unknown>[] = []) => items.map(({ id }) => id);
    const first = await look('limit=2');
    const second = await look(`limit=2&cursor=${String(first.next)}`);
    const whole = ids((await look('limit=200')).items);
    const from = whole.indexOf(first.items?.[0]?.['id']);
    expect([...ids(first.items), ...ids(second.items)]).toEqual(whole.slice(from, from + 4));
    expect(whole.length).toBeGreaterThanOrEqual(from + 4);
    let last = await look('limit=100');
    while (last.next) last = await look(`limit=100&cursor=${last.next}`);
    expect(ids(last.items).at(-1)).toBe(whole.at(-1));
  });

  test('believes as many proxies as it is told to', async () => {
    const { headers } = await api.ask(
      'POST',
      '/api/tasks/greet',
      { who: 'far' },
      { 'x-forwarded-for': '9.9.9.9, 8.8.8.8' },
    );
    const [entry] = await api.database.read((db) =>
      db(AuditEntry).where({ request_id: headers.get('x-request-id') ?? '' }),
    );
    expect(entry?.address).toBe('8.8.8.8');
  });
});

describe('limits', () => {
  test.each<[string, string, Record<string, string>, number, string]>([
    ['a path', `/api/tasks?name=${'x'.repeat(9000)}`, {}, 414, 'URL_TOO_LONG'],
    [
      'headers',
      '/api/tasks',
      Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`x-${n}`, '1'])),
      431,
      'HEADERS_TOO_MANY',
    ],
  ])('%s beyond what is honest', async (_what, path, headers, status, code) => {
    expect(await api.ask('GET', path, undefined, headers)).toMatchObject({ status, body: { code } });
  });

  test('a body larger than any payload', async () => {
    const answer = await api.ask('POST', '/api/tasks/greet', { who: 'x'.repeat(600_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'ENTITY_TOO_LARGE' } });
  });

  test.each([
    ['headers', () => 'GET /api/tasks HTTP/1.1\r\nHost: x\r\n'],
    [
      'body',
      () =>
        `POST /api/tasks/greet HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.token}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    ],
  ])('a request whose %s does not arrive', async (_what, text) => {
    const socket = connect(api.api.port, '127.0.0.1');
    socket.write(text());
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 408 .*REQUEST_TIMED_OUT/s);
  });

  test('event streams of an account', async () => {
    const stop = new AbortController();
    const authorization = `Bearer ${api.token}`;
    const first = await fetch(`${api.url}/api/events`, { headers: { authorization }, signal: stop.signal });
    expect(first.status).toBe(200);
    expect(await api.ask('GET', '/api/events')).toMatchObject({ status: 429, body: { code: 'STREAMS_TOO_MANY' } });
    stop.abort();
  });
});

describe('headers', () => {
  test('answers load nothing, and are in no frame', async () => {
    const { headers } = await api.ask('GET', '/api/tasks');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    // This host alone: what else is under its name is not ours to speak for.
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('the documentation runs scripts from its own files alone, and has no others', async () => {
    const page = await fetch(`${api.url}/api/docs/`);
    const html = await page.text();
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(/script-src [^;]*/.exec(policy)?.[0]).toBe("script-src 'self'");
    const scripts = [...html.matchAll(/<script([^>]*)>([^<]*)/g)];
    expect(scripts.length).toBeGreaterThan(1);
    for (const [, attributes = '', inline = ''] of scripts) {
      expect(inline.trim()).toBe('');
      const source = /src="([^"]+)"/.exec(attributes)?.[1] ?? '';
      const script = await fetch(new URL(source, `${api.url}/api/docs/`));
      expect([script.status, script.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')]);
      await script.text();
    }
    expect(html).not.toMatch(/\son\w+=/);
  });
});

test('when a token was used is noted about once a minute, and not each time', async () => {
  const { id, secret } = await make({ name: 'used' });
  const used = async () => (await api.database.read((db) => db(Token).findById(id)))?.last_used_at ?? null;
  await as(secret);
  // Noted beside the request; the test's own time limit bounds it.
  while ((await used()) === null);
  const first = await used();
  expect(first).not.toBeNull();
  await as(secret);
  expect(await used()).toEqual(first);
});
