/** No token has itself followed by one that lasts longer. */
import { startApi, type TestApi } from '../testing/api';
import { csrfHeader } from './cookie';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await api.api.whenReady();
});
afterAll(() => api.close());

interface Made {
  id: string;
  token: string;
  expiresAt: string | null;
}

const post = async (path: string, body: object, by: string) => {
  const answer = await api.ask('POST', path, body, {}, by);
  expect(answer.status).toBe(201);
  return answer.body as unknown as Made;
};
const make = (body: object, by = api.token) => post('/api/tokens', { name: 'made', ...body }, by);
const rotate = ({ id }: Made, body: object = {}, by = api.token) => post(`/api/tokens/${id}/rotate`, body, by);
const days = ({ expiresAt }: Made) =>
  expiresAt === null ? null : Math.round((Date.parse(expiresAt) - Date.now()) / (24 * 60 * 60 * 1000));

test('what a token that ends makes ends no later, whatever is asked for', async () => {
  const short = await make({ expiresInDays: 10 });
  expect(days(await make({ expiresInDays: 5 }, short.token))).toBe(5);
  expect((await make({}, short.token)).expiresAt).toBe(short.expiresAt);
  expect((await make({ expiresInDays: 3650 }, short.token)).expiresAt).toBe(short.expiresAt);
  expect(days(await make({}))).toBeNull();
  const operator = await make({ scope: 'operator', expiresInDays: 3 }, api.operatorToken);
  expect((await make({ scope: 'operator' }, operator.token)).expiresAt).toBe(operator.expiresAt);
});

test('nor does what its session makes', async () => {
  const short = await make({ expiresInDays: 10 });
  const { headers, body } = await api.ask('POST', '/api/session', { token: short.token }, {}, null);
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const own = { cookie, [csrfHeader]: String(body['csrfToken']) };
  const made = await api.ask('POST', '/api/tokens', { name: 'made' }, own, null);
  expect(made.body['expiresAt']).toBe(short.expiresAt);
});

test('nor what it has another rotated to, nor what it is rotated to by itself', async () => {
  const [short, endless] = [await make({ expiresInDays: 10 }), await make({})];
  expect((await rotate(endless, {}, short.token)).expiresAt).toBe(short.expiresAt);
  const next = await rotate(short, {}, short.token);
  expect(next.expiresAt).toBe(short.expiresAt);
  expect((await rotate(next, {}, next.token)).expiresAt).toBe(short.expiresAt);
});

test.each([
  ['by another token', () => api.token],
  ['by itself', ({ token }: Made) => token],
])('a token that is rotated %s again within its grace is followed by one of as long a life', async (_by, by) => {
  const [short, endless] = [await make({ expiresInDays: 10 }), await make({})];
  for (let n = 0; n < 3; n++) {
    expect(days(await rotate(short, { graceHours: 2 }, by(short)))).toBe(10);
    expect(days(await rotate(endless, { graceHours: 2 }, by(endless)))).toBeNull();
  }
  // And the grace is that of the first time, or less.
  await rotate(short, { graceHours: 24 });
  const { body } = await api.ask('GET', '/api/tokens?limit=200');
  const old = body.items?.find(({ id }) => id === short.id);
  expect(Date.parse(String(old?.['expiresAt'])) - Date.now()).toBeLessThanOrEqual(2 * 60 * 60 * 1000);
});

test('no scope beyond its own: an owner’s makes and rotates none of operators', async () => {
  const operators = await make({ scope: 'operator' }, api.operatorToken);
  expect((await api.ask('POST', '/api/tokens', { name: 'x', scope: 'operator' })).status).toBe(403);
  expect((await api.ask('POST', `/api/tokens/${operators.id}/rotate`)).status).toBe(404);
});
