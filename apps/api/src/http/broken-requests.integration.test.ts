/** What no honest client sends gets a problem that says so, as everything else does. */
import { gzipSync } from 'node:zlib';
import { startApi, type TestApi } from '../testing/api';
import { ask, type RawRequest } from '../testing/raw-http';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await api.api.whenReady();
  await api.api.whenConnected();
});
afterAll(() => api.close());

const send = (overrides: Partial<RawRequest>) =>
  ask(api.api.port, {
    method: 'GET',
    target: '/api/tasks',
    body: null,
    cut: false,
    ...overrides,
    headers: [['Authorization', `Bearer ${api.token}`], ...(overrides.headers ?? [])],
  });
const posting = (body: string | Buffer, ...headers: [string, string][]): Partial<RawRequest> => ({
  method: 'POST',
  target: '/api/tasks/greet',
  headers: [['Content-Type', 'application/json'], ...headers],
  body: Buffer.from(body),
});

test.each<[string, number, string, Partial<RawRequest>]>([
  ['a path that cannot be decoded', 400, 'REQUEST_MALFORMED', { target: '/api/tasks/%ZZ' }],
  ['a header that is none', 400, 'REQUEST_MALFORMED', { headers: [['Bad Name', 'x']] }],
  ['no Host', 400, 'REQUEST_MALFORMED', { headers: [['Host', '']] }],
  ['a Host that is none', 400, 'REQUEST_MALFORMED', { target: '/api/events', headers: [['Host', 'a b']] }],
  ['headers without end', 431, 'HEADERS_TOO_LARGE', { headers: [['X-Long', 'x'.repeat(20_000)]] }],
  ['an expectation', 417, 'EXPECTATION_FAILED', { headers: [['Expect', 'the-unexpected']] }],
  ['a body that is not compressed', 400, 'REQUEST_MALFORMED', posting('{}', ['Content-Encoding', 'gzip'])],
  ['a body of another compression', 415, 'ENCODING_UNSUPPORTED', posting('{}', ['Content-Encoding', 'x'])],
  ['a bomb', 413, 'ENTITY_TOO_LARGE', posting(gzipSync(Buffer.alloc(5_000_000)), ['Content-Encoding', 'gzip'])],
  ['half a character', 400, 'ENTITY_PARSE_FAILED', posting('{"who":"\\ud800"}')],
  ['half a character for a key', 400, 'ENTITY_PARSE_FAILED', posting('{"who":"x","\\udfff":1}')],
  ['a depth without end', 400, 'ENTITY_PARSE_FAILED', posting('['.repeat(100_000) + ']'.repeat(100_000))],
  ['a name in letters that no task has', 400, 'REQUEST_INVALID', { target: '/api/tasks?name=%D0%87' }],
])('%s is refused', async (_what, status, code, overrides) => {
  const answer = await send(overrides);
  expect(answer?.status).toBe(status);
  expect(answer?.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status, code });
});

test('a body that is broken after the answer has gone out gets no second answer', async () => {
  const answer = await send({
    ...posting('zz\r\n'),
    target: '/nothing/here',
    headers: [['Transfer-Encoding', 'chunked']],
  });
  expect(answer?.status).toBe(404);
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({ code: 'NOT_FOUND' });
});

test('who asks for the head of the event stream is not kept waiting for its end', async () => {
  expect(await send({ method: 'HEAD', target: '/api/events' })).toMatchObject({ status: 200 });
});
