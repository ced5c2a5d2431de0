import { randomUUID } from 'node:crypto';
import { BrokerConnection, deadQueue, queueName } from '@sorting-office/broker';
import { startApi, type TestApi } from '../testing/api';

const queue = queueName('default');

let api: TestApi;
let connection: BrokerConnection;
let channel: Awaited<ReturnType<BrokerConnection['createChannel']>>;
beforeAll(async () => {
  api = await startApi();
  await api.api.whenReady();
  await api.api.whenConnected();
  connection = await BrokerConnection.open({ url: api.amqpUrl, name: 'look' });
  await connection.connected();
  channel = await connection.createChannel();
});
afterEach(async () => {
  for (const name of [deadQueue, queue]) await channel.purgeQueue(name);
});
afterAll(async () => {
  await connection.close();
  await api.close();
});

const ask = (method: string, path: string, body?: unknown) => api.ask(method, path, body, {}, api.operatorToken);

/** Puts a message aside, as a worker does, and waits until it lies there. Returns its id. */
async function putAside(body: string, reason: string, from: string | null = queue): Promise<string> {
  const id = randomUUID();
  const confirmed = await connection.createConfirmChannel();
  confirmed.publish('office.dead', '', Buffer.from(body), {
    messageId: `of ${body}`,
    headers: {
      own: 'kept',
      'x-office-dead-id': id,
      'x-office-dead-at': new Date().toISOString(),
      'x-office-reason': reason,
      ...(from !== null && { 'x-office-queue': from }),
    },
  });
  await confirmed.waitForConfirms();
  await confirmed.close();
  return id;
}

test('are for operators alone', async () => {
  const id = randomUUID();
  for (const [method, path, body] of [
    ['GET', '/api/dead-letters'],
    ['GET', `/api/dead-letters/${id}`],
    ['POST', `/api/dead-letters/${id}/requeue`],
    ['DELETE', `/api/dead-letters/${id}`],
    ['POST', '/api/dead-letters/requeue', {}],
    ['POST', '/api/dead-letters/drop', {}],
    ['POST', '/api/tasks/redispatch', {}],
  ] as const) {
    expect(await api.ask(method, path, body)).toMatchObject({ status: 403, body: { code: 'OPERATOR_REQUIRED' } });
  }
});

test('are listed and shown', async () => {
  const [one, two] = [await putAside('a', 'not JSON'), await putAside('b', 'no task')];
  const { status, body } = await ask('GET', '/api/dead-letters?limit=1');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    total: 2,
    items: [
      {
        id: one,
        reason: 'not JSON',
        queue,
        properties: { messageId: 'of a' },
        headers: { own: 'kept' },
        body: { encoding: 'text', content: 'a', size: 1 },
      },
    ],
  });
  expect(await ask('GET', `/api/dead-letters/${two}`)).toMatchObject({ status: 200, body: { id: two } });
  expect(await ask('GET', `/api/dead-letters/${randomUUID()}`)).toMatchObject({ status: 404 });
  expect((await ask('GET', '/api/dead-letters?limit=0')).status).toBe(400);
});

test('one goes back to its queue, or away, and is gone then', async () => {
  const [one, two] = [await putAside('a', 'not JSON'), await putAside('b', 'no task')];
  expect(await ask('POST', `/api/dead-letters/${one}/requeue`)).toMatchObject({ status: 200, body: { requeued: 1 } });
  const back = await channel.get(queue, { noAck: true });
  expect(back && [back.content.toString(), back.properties.messageId]).toEqual(['a', 'of a']);
  expect(await ask('DELETE', `/api/dead-letters/${two}`)).toMatchObject({ status: 200, body: { dropped: 1 } });
  for (const [method, path] of [
    ['POST', `/api/dead-letters/${one}/requeue`],
    ['DELETE', `/api/dead-letters/${two}`],
  ] as const)
    expect(await ask(method, path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect((await ask('GET', '/api/dead-letters')).body).toEqual({ items: [], total: 0 });
});

test('one that has nowhere to go stays, with the reason', async () => {
  const id = await putAside('a', 'lost', null);
  expect(await ask('POST', `/api/dead-letters/${id}/requeue`)).toMatchObject({
    status: 409,
    body: { code: 'DEAD_LETTER_HOMELESS', detail: expect.stringContaining('which queue') as string },
  });
  expect(await ask('POST', '/api/dead-letters/requeue', {})).toMatchObject({
    status: 200,
    body: { requeued: 0, kept: 1, more: false },
  });
});

test('many go by filter, in parts', async () => {
  for (const body of ['a', 'b', 'c']) await putAside(body, 'no task named x');
  await putAside('d', 'not JSON');
  const named = { reasonContains: 'named x' };
  const requeued = await ask('POST', '/api/dead-letters/requeue', { ...named, limit: 2 });
  expect(requeued.body).toEqual({ requeued: 2, kept: 0, more: true, began: expect.any(String) as string });
  const before = '2001-01-01T00:00:00Z';
  expect((await ask('POST', '/api/dead-letters/drop', { before })).body).toMatchObject({ dropped: 0, more: false });
  expect((await ask('POST', '/api/dead-letters/drop', named)).body).toMatchObject({ dropped: 1, more: false });
  expect((await ask('GET', '/api/dead-letters')).body.items).toMatchObject([{ reason: 'not JSON' }]);
  for (const wrong of [undefined, { limit: 0 }, { before: 'yesterday' }])
    expect((await ask('POST', '/api/dead-letters/requeue', wrong)).status).toBe(400);
});
