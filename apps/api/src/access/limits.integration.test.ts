import { AuditEntry, createToken } from '@sorting-office/db';
import { startApi, type TestApi } from '../testing/api';
import { sessionCookie } from './cookie';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ API_RATE_LIMIT_PER_MINUTE: '3', API_FAILED_AUTH_PER_MINUTE: '2', API_TRUST_PROXY: '1' });
  await api.api.whenReady();
});
afterAll(() => api.close());

test('a token that asks too often is told to wait, and another is not', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 3; n++) statuses.push((await api.ask('GET', '/api/token')).status);
  expect(statuses).toEqual([200, 200, 200]);
  const answer = await api.ask('GET', '/api/token');
  expect(answer).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.headers.get('ratelimit')).toContain('r=0');
  expect((await api.ask('GET', '/api/token', undefined, {}, api.otherToken)).status).toBe(200);
});

test('an address that guesses is refused before its guess is looked up, and another is not', async () => {
  const from = (address: string, secret: string) =>
    api.ask('GET', '/api/token', undefined, { 'x-forwarded-for': address }, secret);
  for (let n = 0; n < 2; n++) expect((await from('9.9.9.9', 'office_guess')).status).toBe(401);
  const refused = await from('9.9.9.9', api.operatorToken);
  expect(refused).toMatchObject({ status: 429, body: { code: 'AUTH_RATE_LIMITED' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await from('8.8.8.8', api.operatorToken)).status).toBe(200);
});

const open = (token: string, address: string, headers: Record<string, string> = {}) =>
  api.ask('POST', '/api/session', { token }, { 'x-forwarded-for': address, ...headers }, null);

test('opening sessions counts as requests of the token', async () => {
  const secret = await api.database.transaction((db) => createToken(db, 'owner', 'opens'));
  for (let n = 0; n < 3; n++) expect((await open(secret, '7.7.7.1')).status).toBe(201);
  const refused = await open(secret, '7.7.7.2');
  expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
  expect(refused.headers.get('set-cookie')).toBeNull();
  const asked = await api.ask('GET', '/api/token', undefined, { 'x-forwarded-for': '7.7.7.3' }, secret);
  expect(asked.status).toBe(429);
});

test('log-ins that fail count by their address, together with wrong bearers', async () => {
  const secret = await api.database.transaction((db) => createToken(db, 'owner', 'logs in'));
  expect((await open('office_guess', '6.6.6.6')).status).toBe(401);
  const wrong = await api.ask('GET', '/api/token', undefined, { 'x-forwarded-for': '6.6.6.6' }, 'office_guess');
  expect(wrong.status).toBe(401);
  expect((await open(secret, '6.6.6.6')).body).toMatchObject({ code: 'AUTH_RATE_LIMITED' });
  expect((await open(secret, '6.6.6.7')).status).toBe(201);
});

test('a page that is left open, or another site’s, locks nobody out', async () => {
  const secret = await api.database.transaction((db) => createToken(db, 'owner', 'page'));
  const address = '5.5.5.5';
  const ask = (headers: Record<string, string>) =>
    api.ask('GET', '/api/tasks', undefined, { 'x-forwarded-for': address, ...headers }, null);
  for (let n = 0; n < 4; n++) {
    expect((await ask({ cookie: `${sessionCookie}=session_over` })).body).toMatchObject({ code: 'SESSION_INVALID' });
    expect((await ask({})).body).toMatchObject({ code: 'TOKEN_MISSING' });
    const foreign = await open('office_guess', address, { origin: 'https://elsewhere.example' });
    expect(foreign.body).toMatchObject({ code: 'ORIGIN_FOREIGN' });
  }
  expect((await open(secret, address)).status).toBe(201);
});

test('what fails before anybody is recognised is not in the audit log', async () => {
  const rows = await api.database.read((db) => db(AuditEntry).whereNull('account_id'));
  expect(rows).toEqual([]);
});

test.each([
  ['an address', '10.1.2.3', '10.1.2.3'],
  ['no address', 'x'.repeat(500), 'unknown'],
  ['an address with a port', '10.1.2.3:4567', 'unknown'],
])('%s of a proxy is noted, and what it asks is done', async (_what, forwarded, address) => {
  const secret = await api.database.transaction((db) => createToken(db, 'owner', 'far'));
  const done = await api.ask('POST', '/api/tasks/greet', { who: 'far' }, { 'x-forwarded-for': forwarded }, secret);
  expect(done.status).toBe(202);
  const requestId = done.headers.get('x-request-id') ?? '';
  const [entry] = await api.database.read((db) => db(AuditEntry).where({ request_id: requestId }));
  expect(entry?.address).toBe(address);
});
