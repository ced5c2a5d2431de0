import { startApi, type TestApi } from '../testing/api';

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
