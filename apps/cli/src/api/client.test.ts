import { once } from 'node:events';
import { createServer } from 'node:net';
import { aTask } from '../testing/documents';
import { PlayedApi, problem } from '../testing/played-api';
import { OfficeApi } from './client';
import { ApiAwayError } from './errors';

let played: PlayedApi;
beforeEach(async () => {
  played = await PlayedApi.start();
});
afterEach(() => played.stop());

const client = (some: { url?: string; signal?: AbortSignal; requestMs?: number } = {}) =>
  new OfficeApi({
    api: { url: some.url ?? played.url, from: 'OFFICE_URL' },
    token: 'secret',
    signal: some.signal ?? new AbortController().signal,
    requestMs: some.requestMs ?? 5000,
  });

test('a problem is an error with its code, its sentence and what was wrong where', async () => {
  const errors = [{ path: 'path', message: 'must be an absolute path' }];
  played.routes['POST /api/mailboxes'] = problem(400, 'REQUEST_INVALID', 'the body is not valid', { errors });
  await expect(client().connectMailbox({ name: 'x', path: 'y', addresses: [] })).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    message: 'the body is not valid',
    details: errors,
    exitCode: 1,
  });
});

test.each([
  ['a task of a state that nobody knows', { body: aTask({ state: 'running' as 'queued' }) }, /state/],
  ['a page', { body: '<html>It works!</html>' }, /./],
  ['an error that is no problem', { status: 418, body: 'short and stout' }, /status 418/],
  ['nothing', { body: '' }, /./],
])('%s is an answer that is not understood', async (_what, answer, reason) => {
  played.routes['GET /api/tasks/1'] = answer;
  const asked = client().showTask('1');
  await expect(asked).rejects.toMatchObject({ code: 'ANSWER_UNKNOWN' });
  await expect(asked).rejects.toThrow(reason);
});

test.each([502, 503, 504])('%d says that the API is away, also when a proxy says it', async (status) => {
  played.routes['GET /api/tasks/1'] = { status, headers: { 'retry-after': '3' }, body: 'upstream' };
  await expect(client().showTask('1')).rejects.toMatchObject({ code: 'API_AWAY', retryAfterMs: 3000 });
  played.routes['GET /api/tasks/1'] = { status, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, body: '' };
  await expect(client().showTask('1')).rejects.toMatchObject({ code: 'API_AWAY', retryAfterMs: null });
});

test('who does not listen is away, with the reason', async () => {
  const url = played.url;
  await played.stop();
  const asked = client({ url }).showTask('1');
  await expect(asked).rejects.toThrow(ApiAwayError);
  await expect(asked).rejects.toThrow(`the API at ${url} does not answer: connection refused`);
  await played.listen();
});

test('who takes the connection and says nothing is away after the time of a request', async () => {
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as { port: number };
  await expect(client({ url: `http://127.0.0.1:${port}`, requestMs: 50 }).showTask('1')).rejects.toThrow(
    'no answer in time',
  );
  mute.close();
});

test('an interruption ends a request with its own reason', async () => {
  const ending = new AbortController();
  const reason = new Error('enough');
  played.routes['GET /api/tasks/1'] = () => {
    ending.abort(reason);
    return 'silence';
  };
  await expect(client({ signal: ending.signal }).showTask('1')).rejects.toBe(reason);
});

test('a task that is not there is null only where it may be absent', async () => {
  played.routes['GET /api/tasks/1'] = problem(404, 'NOT_FOUND', 'there is no task 1');
  expect(await client().findTask('1')).toBeNull();
  await expect(client().showTask('1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
