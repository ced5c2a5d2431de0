/** What becomes of batches that are called off, and of many tasks at once. */
import { cancelAttempt, completeTask, failTask, insertTasks, newId, openBatch, Task } from '@sorting-office/db';
import { newTask } from '@sorting-office/tasks';
import { greet, once, startApi, type TestApi } from '../testing/api';
import { listenForStops } from '../testing/listen-for-stops';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await api.api.whenReady();
  await api.api.whenConnected();
});
afterEach(() => api.database.transaction((db) => db.execute('DELETE FROM tasks')));
afterAll(() => api.close());

const origin = () => ({ accountId: api.accountId, traceContext: null });
const greeting = (who: string, batchId?: string) =>
  newTask(greet, { who }, { ...origin(), ...(batchId && { batchId }) });
const problem = (status: number, code: string) => ({ status, body: { code } });

/** A task that has succeeded and left a batch of so many members. */
async function opener(count: number) {
  const [task, batchId] = [greeting('opener'), newId()];
  const children = Array.from({ length: count }, (_, n) => greeting(`child ${n}`, batchId));
  await api.database.transaction(async (db) => {
    await insertTasks(db, [task]);
    await completeTask(db, { id: task.id, attempt: 1 });
    const continuation = greeting('continuation');
    await openBatch(db, { id: batchId, accountId: api.accountId, taskId: task.id, children, continuation });
  });
  return { id: task.id, batchId, children: children.map(({ id }) => id) };
}
async function failing(name: 'greet' | 'once' = 'greet', code = 'X') {
  const task = name === 'greet' ? greeting('Ivan') : newTask(once, { key: 'a' }, origin());
  await api.database.transaction(async (db) => {
    await insertTasks(db, [task]);
    const error = { code, message: code };
    await failTask(db, { task: { id: task.id, attempt: 1, batchId: null }, worker: 'w/1', error });
  });
  return task.id;
}

describe('a task that has started a batch', () => {
  test('is cancelled with it, though it has succeeded itself; whoever follows it sees the end', async () => {
    const { id, children } = await opener(3);
    const { status, body } = await api.ask('DELETE', `/api/tasks/${id}`);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { state: 'succeeded', progress: { done: 3, total: 3 } },
    });
    for (const child of [...children, String(body['nextId'])])
      expect((await api.ask('GET', `/api/tasks/${child}`)).body).toMatchObject({ state: 'cancelled' });
    expect(await api.ask('DELETE', `/api/tasks/${id}`)).toMatchObject(problem(409, 'TASK_ENDED'));
    expect(await api.ask('POST', `/api/tasks/${String(body['nextId'])}/retry`)).toMatchObject({ status: 202 });
  });

  test('of which something runs is cancelled as soon as that has stopped, which its worker is asked for', async () => {
    const { id, batchId, children } = await opener(2);
    const asked = await listenForStops(api);
    try {
      const running = api.database.transaction(async (db) => {
        await completeTask(db, { id: children[0] ?? '', attempt: 1 });
        const answer = await api.ask('DELETE', `/api/tasks/${id}`);
        expect(answer).toMatchObject({ status: 202, body: { progress: { done: 1, total: 2 } } });
        expect(await asked.event()).toMatchObject({ taskId: children[0], batchId, accountId: api.accountId });
        throw new Error('stopped');
      });
      await expect(running).rejects.toThrow('stopped');
    } finally {
      await asked.close();
    }
    await api.database.transaction((db) => cancelAttempt(db, { id: children[0] ?? '', attempt: 1, batchId }));
    expect((await api.ask('GET', `/api/tasks/${id}`)).body).toMatchObject({ progress: { done: 2, total: 2 } });
    expect(await api.ask('DELETE', `/api/tasks/${id}`)).toMatchObject(problem(409, 'TASK_ENDED'));
  });

  test('of another account is not there, and nothing happens to it', async () => {
    const { id, children } = await opener(1);
    expect(await api.ask('DELETE', `/api/tasks/${id}`, undefined, {}, api.operatorToken)).toMatchObject({
      status: 404,
    });
    expect((await api.ask('GET', `/api/tasks/${children[0] ?? ''}`)).body).toMatchObject({ state: 'queued' });
  });
});

describe('replaying', () => {
  const retry = (body: unknown, token = api.token) => api.ask('POST', '/api/tasks/retry', body, {}, token);

  test('all that failed, in parts, with what is asked for', async () => {
    const ids = [await failing(), await failing(), await failing('once'), await failing('greet', 'Y')];
    expect((await retry({ errorCode: 'Z' })).body).toEqual({ replayed: 0, skipped: 0, more: false, next: null });
    expect((await retry({ until: '2001-01-01T00:00:00Z' })).body).toMatchObject({ replayed: 0 });
    expect((await retry({}, api.operatorToken)).body).toMatchObject({ replayed: 0 });
    expect((await retry({ errorCode: 'Y', since: '2001-01-01T00:00:00+02:00' })).body).toMatchObject({ replayed: 1 });
    const first = await retry({ name: 'greet', limit: 1 });
    expect(first).toMatchObject({ status: 200, body: { replayed: 1, more: true } });
    const cursor = first.body.next;
    expect((await retry({ name: 'greet', cursor })).body).toMatchObject({ replayed: 1, more: false });
    const left = (await api.tasks()).filter(({ state }) => state === 'failed');
    expect(left.map(({ id }) => id)).toEqual([ids[2]]);
  });

  test('more than one transaction takes, each once', async () => {
    const tasks = Array.from({ length: 230 }, (_, n) => greeting(`who ${n}`));
    await api.database.transaction(async (db) => {
      await insertTasks(db, tasks);
      await db.execute(`UPDATE tasks SET state = 'cancelled', publish_at = NULL, finished_at = now(6)`);
    });
    expect((await retry({ state: 'cancelled' })).body).toMatchObject({ replayed: 230, more: false });
    const rows = await api.database.read((db) => db(Task).where({ state: 'queued', attempt: 2 }));
    expect(rows).toHaveLength(230);
  });

  test('what is queued already is not queued twice', async () => {
    const id = await failing('once');
    await api.ask('POST', '/api/tasks/once', { key: 'a' });
    expect((await retry({ name: 'once' })).body).toMatchObject({ replayed: 0, skipped: 1, more: false });
    expect(await api.ask('POST', `/api/tasks/${id}/retry`)).toMatchObject(problem(409, 'TASK_ACTIVE'));
  });

  test.each([undefined, { state: 'succeeded' }, { limit: 1001 }, { cursor: 'x' }, { since: 'yesterday' }])(
    'asked for with %j is refused',
    async (body) => {
      const id = await failing();
      expect((await retry(body)).status).toBe(400);
      expect((await api.ask('GET', `/api/tasks/${id}`)).body).toMatchObject({ state: 'failed' });
    },
  );
});

describe('redispatching', () => {
  const taken = async () => {
    const task = greeting('Ivan');
    await api.database.transaction(async (db) => {
      await insertTasks(db, [task]);
      await db.execute('UPDATE tasks SET publish_at = NULL, published_at = now(6) WHERE id = ?', [task.id]);
    });
    return task.id;
  };

  test('makes what RabbitMQ was believed to hold due again, of all queues or some, also while it is away', async () => {
    const alone = await startApi({ AMQP_URL: 'amqp://127.0.0.1:1', DATABASE_URL: api.databaseUrl });
    try {
      await alone.api.whenReady();
      const ask = (body?: unknown) => alone.ask('POST', '/api/tasks/redispatch', body, {}, api.operatorToken);
      const id = await taken();
      expect((await ask({ queues: ['default'] })).body).toEqual({ tasks: 0 });
      expect((await ask({ queues: ['bulk'] })).body).toEqual({ tasks: 1 });
      expect((await api.ask('GET', `/api/tasks/${id}`)).body['dueAt']).not.toBeNull();
      await taken();
      expect(await ask()).toMatchObject({ status: 200, body: { tasks: 1 } });
      expect((await ask({ queues: ['slow'] })).status).toBe(400);
      expect(await alone.ask('GET', '/api/dead-letters', undefined, {}, api.operatorToken)).toMatchObject(
        problem(503, 'BROKER_UNAVAILABLE'),
      );
      // RabbitMQ's absence is none of the database's.
      expect((await fetch(`${alone.url}/healthz/ready`)).status).toBe(200);
    } finally {
      await alone.close();
    }
  });
});

test('a token says whose it is and what it may be used for', async () => {
  expect((await api.ask('GET', '/api/token')).body).toEqual({ accountId: api.accountId, scope: 'owner' });
  expect((await api.ask('GET', '/api/token', undefined, {}, api.operatorToken)).body).toMatchObject({
    scope: 'operator',
  });
});

test('the OpenAPI page says what is for operators, and which bodies may be left out', async () => {
  const paths = (await api.ask('GET', '/api/openapi.json')).body['paths'] as Record<string, Record<string, unknown>>;
  expect(paths['/api/tasks/redispatch']?.['post']).toMatchObject({
    requestBody: { required: false },
    responses: { '403': {} },
  });
  expect(paths['/api/tasks/retry']?.['post']).toMatchObject({ requestBody: { required: true } });
  const forbidden = (path: string) => JSON.stringify(paths[path]?.['post']);
  expect(forbidden('/api/tasks/retry')).not.toContain('operator');
  expect(forbidden('/api/dead-letters/{id}/requeue')).toContain('not an operator');
});
