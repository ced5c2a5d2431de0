import { randomUUID } from 'node:crypto';
import { BrokerConnection, decodeTask, queueName } from '@sorting-office/broker';
import { completeTask, failTask, publishGraceSeconds, Task } from '@sorting-office/db';
import { startApi, type TestApi } from '../testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await api.api.whenReady();
  await api.api.whenConnected();
});
afterEach(() => api.database.transaction((db) => db.execute('DELETE FROM tasks')));
afterAll(() => api.close());

const post = (payload: unknown, headers?: Record<string, string>) =>
  api.ask('POST', '/api/tasks/greet', payload, headers);
const posted = async (who = 'Ivan') => String((await post({ who })).body['id']);
const problem = (status: number, code: string) => ({
  status,
  body: { status, code, detail: expect.any(String) as string },
});
const fail = (id: string) =>
  api.database.transaction((db) =>
    failTask(db, { task: { id, attempt: 1, batchId: null }, worker: 'w/1', error: { code: 'X', message: 'x' } }),
  );

describe('enqueueing', () => {
  test('answers with the task and where to find it, has its message in the queue, and does not run it', async () => {
    const { status, headers, body } = await post({ who: 'Ivan' });
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/api/tasks/${String(body['id'])}`);
    expect(body).toMatchObject({
      name: 'greet',
      queue: 'bulk',
      state: 'queued',
      attempt: 1,
      payload: { who: 'Ivan', loud: false },
    });

    const connection = await BrokerConnection.open({ url: api.amqpUrl, name: 'look' });
    await connection.connected();
    const channel = await connection.createChannel();
    const message = await new Promise<Parameters<typeof decodeTask>[0]>((resolve) => {
      void channel.consume(queueName('bulk'), (one) => one && resolve(one));
    });
    expect(decodeTask(message)).toMatchObject({ id: body['id'], name: 'greet', payload: { who: 'Ivan', loud: false } });
    await connection.close();
    expect((await api.ask('GET', `/api/tasks/${String(body['id'])}`)).body).toMatchObject({ state: 'queued' });
  });

  test.each([
    ['a payload that is not valid', { who: '' }, 'REQUEST_INVALID', 400],
    ['no payload at all', undefined, 'REQUEST_INVALID', 400],
    ['what is not JSON', '{"who":', 'ENTITY_PARSE_FAILED', 400],
    ['far too much', JSON.stringify({ who: 'x'.repeat(600_000) }), 'ENTITY_TOO_LARGE', 413],
  ])('%s is refused, and nothing is enqueued', async (_what, payload, code, status) => {
    const answer = await post(payload);
    expect(answer).toMatchObject(problem(status, code));
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await api.tasks()).toEqual([]);
  });

  test('a refusal says which field is wrong', async () => {
    expect((await post({ who: 7 })).body['errors']).toEqual([
      { path: 'who', message: expect.stringContaining('string') as string },
    ]);
  });

  test.each(['shout', 'hidden'])('the task %s is not offered, and those that are are named', async (name) => {
    const answer = await api.ask('POST', `/api/tasks/${name}`, {});
    expect(answer).toMatchObject(problem(404, 'TASK_UNKNOWN'));
    expect(answer.body['detail']).toBe(`there is no task named ${name}: there are greet, once`);
  });

  test('delayed and urgent, it is due when it is said and its message says how urgent; the relay publishes it', async () => {
    const before = Date.now();
    const { status, body } = await api.ask('POST', '/api/tasks/greet?delaySeconds=3600&priority=9', { who: 'Ivan' });
    expect({ status, body }).toMatchObject({ status: 202, body: { state: 'queued', priority: 9 } });
    const [row] = await api.tasks();
    expect(row?.priority).toBe(9);
    const delay = (row?.publish_at?.getTime() ?? 0) - before;
    expect(delay).toBeGreaterThanOrEqual(3_600_000);
    expect(body['dueAt']).toBe(row?.publish_at?.toISOString());
  });

  test('without a delay it is published at once, and the relay waits for that', async () => {
    const { body } = await api.ask('POST', '/api/tasks/greet?delaySeconds=0', { who: 'Ivan' });
    const { dueAt, createdAt } = body as { dueAt: string | null; createdAt: string };
    // Null once the confirm has been noted.
    const due = dueAt === null ? null : Date.parse(dueAt) - Date.parse(createdAt);
    expect([null, publishGraceSeconds * 1000]).toContain(due);
  });

  test.each([
    'delaySeconds=-1',
    'delaySeconds=2678401',
    'delaySeconds=soon',
    'priority=256',
    'priority=-1',
    'priority=1.5',
  ])('asked for with %s it is refused', async (query) => {
    expect(await api.ask('POST', `/api/tasks/greet?${query}`, { who: 'Ivan' })).toMatchObject(
      problem(400, 'REQUEST_INVALID'),
    );
    expect(await api.tasks()).toEqual([]);
  });

  test('work that is unique and queued already is the same task', async () => {
    const first = await api.ask('POST', '/api/tasks/once', { key: 'a' });
    const second = await api.ask('POST', '/api/tasks/once', { key: 'a' });
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body['id']).toBe(first.body['id']);
  });
});

describe('an Idempotency-Key', () => {
  test('gives the first task again, also to requests made at once', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post({ who: 'Ivan' }, headers)));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(await api.tasks()).toHaveLength(1);
  });

  test('gives it again when it has ended, and counts defaults as said', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const { body } = await post({ who: 'Ivan' }, headers);
    await api.database.transaction((db) => completeTask(db, { id: String(body['id']), attempt: 1 }));
    expect(await post({ loud: false, who: 'Ivan' }, headers)).toMatchObject({
      status: 200,
      body: { id: body['id'], state: 'succeeded' },
    });
  });

  test('gives it again as delayed and urgent as it was', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const ask = (query: string) => api.ask('POST', `/api/tasks/greet?${query}`, { who: 'Ivan' }, headers);
    const first = await ask('delaySeconds=60&priority=3');
    expect(await ask('priority=200')).toMatchObject({
      status: 200,
      body: { id: first.body['id'], priority: 3, dueAt: first.body['dueAt'] },
    });
  });

  test('with another payload is refused', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    await post({ who: 'Ivan' }, headers);
    expect(await post({ who: 'Maria' }, headers)).toMatchObject(problem(422, 'IDEMPOTENCY_KEY_REUSED'));
  });

  test('of another account is another key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    await post({ who: 'Ivan' }, headers);
    expect((await api.ask('POST', '/api/tasks/greet', { who: 'Ivan' }, headers, api.otherToken)).status).toBe(202);
  });
});

describe('looking', () => {
  test('a task shows every attempt that failed', async () => {
    const id = await posted();
    await fail(id);
    expect((await api.ask('GET', `/api/tasks/${id}`)).body).toMatchObject({
      state: 'failed',
      error: { code: 'X' },
      failedAttempts: [{ attempt: 1, worker: 'w/1', error: { code: 'X', message: 'x' } }],
    });
  });

  test("another account's task is not there", async () => {
    const id = await posted();
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/retry'],
    ] as const) {
      expect(await api.ask(method, `/api/tasks/${id}${path}`, undefined, {}, api.otherToken)).toMatchObject(
        problem(404, 'NOT_FOUND'),
      );
    }
    expect((await api.ask('GET', '/api/tasks', undefined, {}, api.otherToken)).body.items).toEqual([]);
  });

  test('an id that is none is refused', async () => {
    expect(await api.ask('GET', '/api/tasks/7')).toMatchObject(problem(400, 'REQUEST_INVALID'));
  });

  test('a list comes in pages, the newest first, each task once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await posted());
    const seen: unknown[] = [];
    let path: string | null = '/api/tasks?limit=2';
    while (path !== null) {
      const { body } = await api.ask('GET', path);
      seen.push(...(body.items ?? []).map(({ id }) => id));
      path = body.next === null ? null : `/api/tasks?limit=2&cursor=${body.next}`;
    }
    expect(seen).toEqual(ids.reverse());
  });

  test('a list can be narrowed', async () => {
    const failed = await posted();
    await fail(failed);
    await posted();
    await api.ask('POST', '/api/tasks/once', { key: 'a' });
    expect((await api.ask('GET', '/api/tasks?state=failed')).body.items).toMatchObject([{ id: failed }]);
    expect((await api.ask('GET', '/api/tasks?name=once')).body.items).toHaveLength(1);
  });

  test.each(['limit=0', 'limit=201', 'state=running', 'cursor=nonsense'])(
    'a list asked for with %s is refused',
    async (query) => {
      expect((await api.ask('GET', `/api/tasks?${query}`)).status).toBe(400);
    },
  );
});

describe('steering', () => {
  test('a task that waits is cancelled, and one that has ended is not', async () => {
    const id = await posted();
    expect(await api.ask('DELETE', `/api/tasks/${id}`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(await api.ask('DELETE', `/api/tasks/${id}`)).toMatchObject(problem(409, 'TASK_ENDED'));
  });

  test('a task that runs is asked to stop', async () => {
    const id = await posted();
    await api.database.transaction(async (db) => {
      await completeTask(db, { id, attempt: 1 });
      expect(await api.ask('DELETE', `/api/tasks/${id}`)).toMatchObject({ status: 202, body: { state: 'queued' } });
    });
  });

  test('only what has failed or was cancelled is tried again', async () => {
    const id = await posted();
    expect(await api.ask('POST', `/api/tasks/${id}/retry`)).toMatchObject(problem(409, 'TASK_NOT_FAILED'));
    await fail(id);
    expect(await api.ask('POST', `/api/tasks/${id}/retry`)).toMatchObject({
      status: 202,
      body: { id, state: 'queued', attempt: 2 },
    });
    expect((await api.database.read((db) => db(Task).findById(id)))?.max_attempts).toBe(6);
  });
});
