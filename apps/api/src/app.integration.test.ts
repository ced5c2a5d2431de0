import { createTestDatabase } from '@sorting-office/stack';
import { migrate } from '@sorting-office/db';
import { BrokerConnection, EventSender } from '@sorting-office/broker';
import { randomUUID } from 'node:crypto';
import { startApi, type TestApi } from './testing/api';

describe('an API that is ready', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    await api.api.whenReady();
    await api.api.whenConnected();
  });
  afterAll(() => api.close());

  test.each(['/healthz/live', '/healthz/ready', '/api/openapi.json', '/api/docs/', '/metrics'])(
    'shows %s to everybody',
    async (path) => {
      const response = await fetch(api.url + path);
      await response.text();
      expect(response.status).toBe(200);
    },
  );

  test.each([
    ['no token', null, 'TOKEN_MISSING'],
    ['a token that is none', 'office_wrong', 'TOKEN_INVALID'],
  ])('refuses who has %s, whatever they ask for', async (_what, token, code) => {
    for (const path of ['/api/tasks', '/api/mailboxes', '/api/events', '/api/nothing']) {
      const answer = await api.ask('GET', path, undefined, {}, token);
      expect(answer).toMatchObject({ status: 401, body: { code } });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  test('documents every route with the schemas that validate it', async () => {
    const { body } = await api.ask('GET', '/api/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0' });
    const paths = body['paths'] as Record<string, Record<string, Record<string, unknown>>>;
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/tasks',
        '/api/tasks/greet',
        '/api/tasks/{id}',
        '/api/tasks/{id}/retry',
        '/api/mailboxes',
        '/api/schedules',
        '/api/schedules/{id}',
        '/api/events',
      ]),
    );
    expect(paths['/api/tasks/greet']?.['post']).toMatchObject({
      parameters: expect.arrayContaining([
        expect.objectContaining({ in: 'query', name: 'delaySeconds' }),
        expect.objectContaining({ in: 'query', name: 'priority' }),
      ]) as unknown,
      requestBody: {
        content: {
          'application/json': {
            schema: { properties: { who: { type: 'string', maxLength: 100 } }, required: ['who'] },
          },
        },
      },
    });
  });

  test('says in a problem what it does not have', async () => {
    expect(await api.ask('GET', '/api/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await api.ask('PUT', '/api/tasks', {})).toMatchObject({ status: 404 });
  });

  test('connects a mailbox once, with default folders, and shows it to its account alone', async () => {
    const mailbox = { name: 'Mine', path: '/tmp/mail', folders: { forum: 'Lists' } };
    const first = await api.ask('POST', '/api/mailboxes', mailbox);
    expect(first).toMatchObject({
      status: 201,
      body: { path: '/tmp/mail', kind: 'maildir', folders: { forum: 'Lists', spam: 'Spam', personal: null } },
    });
    const again = await api.ask('POST', '/api/mailboxes', { ...mailbox, name: 'Twice' });
    expect(again).toMatchObject({ status: 200, body: { id: first.body['id'], name: 'Mine' } });
    const path = `/api/mailboxes/${String(first.body['id'])}`;
    expect(await api.ask('GET', path)).toMatchObject({ status: 200, body: { name: 'Mine' } });
    expect(await api.ask('GET', path, undefined, {}, api.otherToken)).toMatchObject({ status: 404 });
    expect((await api.ask('GET', '/api/mailboxes', undefined, {}, api.otherToken)).body.items).toEqual([]);
    expect(await api.ask('POST', '/api/mailboxes', { name: 'x', path: 'relative' })).toMatchObject({ status: 400 });
    expect(
      await api.ask('POST', '/api/mailboxes', { name: 'x', path: '/a', folders: { nonsense: 'y' } }),
    ).toMatchObject({ status: 400 });
  });

  test('passes events on to the account they belong to, and to no other', async () => {
    const listen = async (token: string) => {
      const response = await fetch(`${api.url}/api/events`, { headers: { authorization: `Bearer ${token}` } });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      if (!reader) throw new Error('no stream');
      let text = '';
      return {
        until: async (pattern: RegExp) => {
          while (!pattern.test(text)) text += (await reader.read()).value ?? '';
          return text;
        },
        text: () => text,
        close: () => reader.cancel(),
      };
    };
    const [mine, others] = [await listen(api.token), await listen(api.otherToken)];
    const connection = await BrokerConnection.open({ url: api.amqpUrl, name: 'sender' });
    await connection.connected();
    const sender = new EventSender({ connection });
    await sender.whenSending();
    const event = (accountId: string) =>
      ({
        type: 'task.succeeded',
        taskId: randomUUID(),
        accountId,
        name: 'greet',
        attempt: 1,
        rootId: randomUUID(),
        batchId: null,
        at: new Date().toISOString(),
      }) as const;
    const [forMe, other] = [event(api.accountId), event(randomUUID())];
    sender.send(other);
    sender.send(forMe);
    const heard = await mine.until(new RegExp(forMe.taskId));
    expect(heard).toContain('event:task.succeeded');
    expect(heard).not.toContain(other.taskId);
    expect(others.text()).not.toContain(forMe.taskId);
    await Promise.all([mine.close(), others.close()]);
    await sender.close();
    await connection.close();
  });
});

test('an API on an empty database refuses, tells the reason to who may look at its health, and serves as soon as the schema is there', async () => {
  const empty = await createTestDatabase();
  const api = await startApi({ DATABASE_URL: empty.url });
  try {
    for (let reason = ''; !reason.includes('every migration');) {
      const ready = await fetch(`${api.url}/healthz/ready`);
      expect(ready.status).toBe(503);
      reason = await ready.text();
    }
    const refused = await api.ask('GET', '/api/tasks');
    expect(refused).toMatchObject({ status: 503, body: { code: 'SCHEMA_NOT_READY' } });
    // Nobody has said who they are.
    expect(JSON.stringify(refused.body)).not.toContain('migration');
    expect((await fetch(`${api.url}/healthz/live`)).status).toBe(200);
    await migrate({ url: empty.url });
    await api.api.whenReady();
    expect((await fetch(`${api.url}/healthz/ready`)).status).toBe(200);
    expect(await api.ask('GET', '/api/tasks')).toMatchObject({ status: 401 });
  } finally {
    await api.close();
    await empty.drop();
  }
});

test('an API without a broker takes tasks all the same, and leaves them in the outbox', async () => {
  const api = await startApi({ AMQP_URL: 'amqp://127.0.0.1:1' });
  try {
    await api.api.whenReady();
    expect(await api.ask('POST', '/api/tasks/greet', { who: 'Ivan' })).toMatchObject({
      status: 202,
      body: { state: 'queued' },
    });
    expect(await api.tasks()).toMatchObject([{ publish_at: expect.any(Date) as Date }]);
  } finally {
    await api.close();
  }
});

test('a table that goes missing is a 503 and closes the gate, until it is back', async () => {
  const api = await startApi();
  const alter = (sql: string) => api.database.transaction((db) => db.execute(sql));
  try {
    await api.api.whenReady();
    await alter('RENAME TABLE tasks TO away');
    expect(await api.ask('GET', '/api/tasks')).toMatchObject({ status: 503 });
    await alter('RENAME TABLE away TO tasks');
    await api.api.whenReady();
    expect(await api.ask('GET', '/api/tasks')).toMatchObject({ status: 200 });
  } finally {
    await api.close();
  }
});
