/** Searches as their owner asks for them. No worker is anywhere: their tasks end as the test wants. */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { cancelTask, completeTask, failTask, Recording, Search, storeResult, Task } from '@sorting-office/db';
import { loadTasks, type SearchResult } from '@sorting-office/tasks';
import { startApi, type TestApi } from '../testing/api';
import { form, wav } from '../testing/forms';
import { maxRecordingsHeld } from '../searches/search-input';
import { listenForStops } from '../testing/listen-for-stops';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({}, await loadTasks());
  await api.api.whenReady();
  await api.api.whenConnected();
});
beforeEach(() =>
  api.database.transaction(async (db) => {
    for (const table of ['tasks', 'searches', 'recordings']) await db.execute(`DELETE FROM ${table}`);
  }),
);
afterAll(() => api.close());

const mailboxId = '01a00000-0000-7000-8000-00000000000a';
const terms = { mailboxId, timezone: 'Europe/Kyiv' };
const result: SearchResult = {
  transcript: 'linux',
  query: { text: ['linux'] },
  chips: [{ field: 'text', operator: 'linux', said: 'linux', start: 0, end: 5 }],
  notUnderstood: [],
  mails: [],
  total: 0,
  totalIsExact: true,
  next: null,
  tookMs: 3,
};
const problem = (status: number, code: string) => ({ status, body: { status, code } });
const spoken = (bytes = wav(), fields: Record<string, string> = {}) =>
  form({ ...terms, ...fields }, { audio: [bytes] });
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const recordings = () => api.database.read((db) => db(Recording));
const searches = () => api.database.read((db) => db(Search).orderBy('id'));
const succeed = (id: string) =>
  api.database.transaction(async (db) => {
    await completeTask(db, { id, attempt: 1 });
    await storeResult(db, id, result);
  });
const fail = (id: string, error = { code: 'RECORDING_SILENT', message: 'there is nothing to hear' }) =>
  api.database.transaction((db) => failTask(db, { task: { id, attempt: 1, batchId: null }, worker: 'w/1', error }));

/** The id of the only task, once there is one. */
async function theTask(): Promise<string> {
  for (;;) {
    const [task] = await api.tasks();
    if (task) return task.id;
  }
}
async function asked(body: unknown = { ...terms, text: 'linux' }): Promise<string> {
  return String((await api.ask('POST', '/api/searches', body)).body['id']);
}

describe('asking', () => {
  test('without waiting gives the task, which is to be looked at', async () => {
    const { status, headers, body } = await api.ask('POST', '/api/searches', { ...terms, text: ' linux ', limit: 5 });
    expect({ status, body }).toMatchObject({
      status: 202,
      body: { name: 'voice_search', state: 'queued', payload: { ...terms, text: 'linux', limit: 5 } },
    });
    expect(headers.get('location')).toBe(`/api/tasks/${String(body['id'])}`);
    expect(await searches()).toMatchObject([{ id: body['id'], mailbox_id: mailboxId, text: 'linux', page_size: 5 }]);
  });

  test('and waiting gives the result as soon as it is there', async () => {
    const waiting = api.ask('POST', '/api/searches?wait=60', { ...terms, text: 'linux' });
    const id = await theTask();
    await succeed(id);
    const { status, headers, body } = await waiting;
    expect({ status, body }).toEqual({ status: 200, body: { id, ...result } });
    expect(headers.get('location')).toBe(`/api/searches/${id}`);
  });

  test.each([
    ['failed', 422, 'RECORDING_SILENT', (id: string) => fail(id)],
    ['was cancelled', 409, 'SEARCH_CANCELLED', (id: string) => api.database.transaction((db) => cancelTask(db, id))],
  ])('for one that %s gives a problem', async (_end, status, code, end) => {
    const waiting = api.ask('POST', '/api/searches?wait=60', { ...terms, text: 'linux' });
    await end(await theTask());
    expect(await waiting).toMatchObject(problem(status, code));
  });

  test('again with the same key gives the same search', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const ask = (text: string) => api.ask('POST', '/api/searches', { ...terms, text }, key);
    const first = await ask('linux');
    expect((await ask('linux')).body['id']).toBe(first.body['id']);
    expect(await ask('windows')).toMatchObject(problem(422, 'IDEMPOTENCY_KEY_REUSED'));
    expect(await searches()).toHaveLength(1);
  });

  test('with a recording keeps it for the task, and says in the task no more than what it is', async () => {
    const bytes = wav();
    const { status, body } = await api.ask('POST', '/api/searches', spoken(bytes, { limit: '7' }));
    expect({ status, body }).toMatchObject({
      status: 202,
      body: { payload: { ...terms, limit: 7, audio: digest(bytes) } },
    });
    expect(await recordings()).toMatchObject([
      { task_id: body['id'], account_id: api.accountId, audio: Buffer.from(bytes) },
    ]);
    expect(await searches()).toMatchObject([{ spoken: 1, text: null }]);
  });

  test('with the same recording and key again gives the same search, with another one a problem', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const ask = (bytes: Uint8Array<ArrayBuffer>) => api.ask('POST', '/api/searches', spoken(bytes), key);
    const first = await ask(wav());
    expect((await ask(wav())).body['id']).toBe(first.body['id']);
    expect(await ask(wav(170))).toMatchObject(problem(422, 'IDEMPOTENCY_KEY_REUSED'));
    expect(await recordings()).toHaveLength(1);
  });
});

describe('what cannot be searched for is refused, and leaves nothing', () => {
  afterEach(async () => {
    expect([await api.tasks(), await searches(), await recordings()]).toEqual([[], [], []]);
  });

  const long = Array.from({ length: 10_000 }, (_, n) => `word${n}`).join(' ');
  test.each<[string, unknown]>([
    ['nothing', { ...terms }],
    ['empty text', { ...terms, text: '  ' }],
    ['10,000 words', { ...terms, text: long }],
    ['no mailbox', { text: 'linux' }],
    ['a zone that is none', { ...terms, text: 'linux', timezone: 'Kyiv' }],
    ['an offset for a zone', { ...terms, text: 'linux', timezone: '+02:00' }],
    ['a moment that is none', { ...terms, text: 'linux', now: 'yesterday' }],
    ['a limit of 101', { ...terms, text: 'linux', limit: 101 }],
    ['a recording with a limit that is none', spoken(wav(), { limit: 'many' })],
  ])('%s', async (_what, body) => {
    expect(await api.ask('POST', '/api/searches', body)).toMatchObject(problem(400, 'REQUEST_INVALID'));
  });

  test.each<[string, number, string, () => FormData]>([
    ['a form without a recording', 400, 'RECORDING_MISSING', () => form(terms, {})],
    ['an empty recording', 400, 'RECORDING_EMPTY', () => spoken(new Uint8Array())],
    ['a text', 415, 'RECORDING_FORMAT_UNKNOWN', () => spoken(new Uint8Array(Buffer.from('find the emails')))],
    ['more than 5 MB', 413, 'RECORDING_TOO_LARGE', () => spoken(wav(3 * 1024 * 1024))],
    ['two recordings', 400, 'FORM_INVALID', () => form(terms, { audio: [wav(), wav()] })],
    ['a recording in another field', 400, 'FORM_INVALID', () => form(terms, { voice: [wav()] })],
    ['a field without end', 400, 'FORM_INVALID', () => spoken(wav(), { timezone: 'x'.repeat(20_000) })],
    [
      'fields without end',
      400,
      'FORM_INVALID',
      () => form(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}`, 'x'])), { audio: [wav()] }),
    ],
  ])('%s', async (_what, status, code, body) => {
    expect(await api.ask('POST', '/api/searches?wait=60', body())).toMatchObject(problem(status, code));
  });

  test('a file that is too many is named', async () => {
    const { body } = await api.ask('POST', '/api/searches', form(terms, { voice: [wav()] }));
    expect(body['detail']).toContain('in the field audio, and voice is another');
  });

  test.each([
    ['that ends before its end', '--x\r\nContent-Disposition: form-data; name="audio"; filename="a"\r\n\r\nRIFF'],
    ['of nonsense', 'nonsense'],
    ['of nothing', ''],
  ])('a form %s', async (_what, body) => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await api.ask('POST', '/api/searches', body, headers)).toMatchObject(problem(400, 'FORM_INVALID'));
  });
});

test('recordings that are on their way may be so many at a time, and what is typed does not mind', async () => {
  const head = [
    'POST /api/searches HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${api.token}`,
    'Content-Type: multipart/form-data; boundary=x',
    'Content-Length: 1000000',
  ].join('\r\n');
  const sockets = Array.from({ length: maxRecordingsHeld + 1 }, () => connect(api.api.port, '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  // The one that is too many is told so; then all the others are held, and none of ours has taken their place.
  const refused = Promise.race(sockets.map((socket) => once(socket, 'data')));
  for (const socket of sockets) socket.write(`${head}\r\n\r\n--x\r\n`);
  expect(String(await refused)).toContain('UPLOADS_TOO_MANY');
  const ask = () => api.ask('POST', '/api/searches', spoken());
  let answer = await ask();
  expect(answer).toMatchObject(problem(503, 'UPLOADS_TOO_MANY'));
  expect(answer.headers.get('retry-after')).not.toBeNull();
  expect((await api.ask('POST', '/api/searches', { ...terms, text: 'linux' })).status).toBe(202);

  for (const socket of sockets) socket.destroy();
  while (answer.status === 503) answer = await ask();
  expect(answer.status).toBe(202);
});

describe('searches are kept', () => {
  test('and listed, the newest first, page by page, each with how it ended', async () => {
    const ids = [await asked(), await asked(), await asked()];
    await succeed(ids[0] ?? '');
    await fail(ids[1] ?? '');
    const first = (await api.ask('GET', '/api/searches?limit=2')).body;
    expect(first.items).toMatchObject([
      { id: ids[2], state: 'queued', text: 'linux', spoken: false },
      { id: ids[1], state: 'failed', error: { code: 'RECORDING_SILENT' } },
    ]);
    const second = (await api.ask('GET', `/api/searches?limit=2&cursor=${first.next ?? ''}`)).body;
    expect(second).toMatchObject({ items: [{ id: ids[0], state: 'succeeded' }], next: null });
  });

  test('and shown with what they have found', async () => {
    const id = await asked();
    expect((await api.ask('GET', `/api/searches/${id}`)).body).toMatchObject({ id, state: 'queued', result: null });
    await succeed(id);
    expect((await api.ask('GET', `/api/searches/${id}`)).body).toMatchObject({ id, state: 'succeeded', result });
  });

  test('also when their tasks are not', async () => {
    const id = await asked();
    await api.database.transaction((db) => db(Task).deleteById(id));
    expect((await api.ask('GET', `/api/searches/${id}`)).body).toMatchObject({
      text: 'linux',
      state: null,
      result: null,
    });
  });

  test('and repeated as new ones, without the day on which they were asked', async () => {
    const id = await asked({ ...terms, text: 'yesterday', now: '2026-11-25T08:30:00Z', limit: 3 });
    const { status, body } = await api.ask('POST', `/api/searches/${id}/repeat`);
    expect({ status, body }).toMatchObject({ status: 202, body: { name: 'voice_search' } });
    expect(body['id']).not.toBe(id);
    expect(body['payload']).toEqual({ ...terms, text: 'yesterday', limit: 3 });
  });

  test('but what nobody has heard cannot be repeated', async () => {
    const id = await asked(spoken());
    expect(await api.ask('POST', `/api/searches/${id}/repeat`)).toMatchObject(problem(409, 'SEARCH_NOT_HEARD'));
  });

  test('for their owner alone', async () => {
    const id = await asked();
    const ask = (method: string, path: string) => api.ask(method, path, undefined, {}, api.otherToken);
    expect((await ask('GET', '/api/searches')).body).toMatchObject({ items: [], next: null });
    for (const [method, path] of [
      ['GET', id],
      ['DELETE', id],
      ['POST', `${id}/repeat`],
    ] as const)
      expect(await ask(method, `/api/searches/${path}`)).toMatchObject(problem(404, 'NOT_FOUND'));
    expect(await searches()).toHaveLength(1);
  });
});

describe('forgetting', () => {
  test('leaves nothing of what was said and found', async () => {
    const id = await asked();
    await succeed(id);
    expect(await api.ask('DELETE', `/api/searches/${id}`)).toMatchObject({ status: 204 });
    expect(await searches()).toEqual([]);
    expect((await api.ask('GET', `/api/tasks/${id}`)).body).toMatchObject({
      state: 'succeeded',
      payload: {},
      result: null,
    });
    expect(await api.ask('DELETE', `/api/searches/${id}`)).toMatchObject(problem(404, 'NOT_FOUND'));
  });

  test('what still waits cancels it, recording and all, and stops whoever is listening to it already', async () => {
    const id = await asked(spoken());
    const stops = await listenForStops(api);
    expect(await api.ask('DELETE', `/api/searches/${id}`)).toMatchObject({ status: 204 });
    expect(await stops.event()).toMatchObject({ taskId: id, accountId: api.accountId });
    await stops.close();
    expect((await api.ask('GET', `/api/tasks/${id}`)).body).toMatchObject({ state: 'cancelled', payload: {} });
    expect(await recordings()).toEqual([]);
  });

  test('what is kept longer than its task is a matter of the search alone', async () => {
    const id = await asked();
    await succeed(id);
    await api.database.transaction((db) => db.execute('DELETE FROM tasks WHERE id = ?', [id]));
    expect((await api.ask('GET', `/api/searches/${id}`)).body).toMatchObject({ id, state: null, result: null });
    expect(await api.ask('DELETE', `/api/searches/${id}`)).toMatchObject({ status: 204 });
    expect(await searches()).toEqual([]);
  });

  test('what is running has to wait until its worker has stopped, which is asked for', async () => {
    const id = await asked();
    const stops = await listenForStops(api);
    await api.database.transaction(async (db) => {
      await completeTask(db, { id, attempt: 1 });
      expect(await api.ask('DELETE', `/api/searches/${id}`)).toMatchObject(problem(409, 'SEARCH_RUNNING'));
      expect(await stops.event()).toMatchObject({ taskId: id, accountId: api.accountId });
    });
    await stops.close();
    expect(await searches()).toHaveLength(1);
  });
});
