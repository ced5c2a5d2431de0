import { Schedule, takeDueSchedules } from '@sorting-office/db';
import { type Answer, startApi, type TestApi } from '../testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await api.api.whenReady();
});
afterEach(() => api.database.transaction((db) => db.execute('DELETE FROM schedules')));
afterAll(() => api.close());

const morning = {
  name: 'Morning',
  task: 'greet',
  payload: { who: 'Ivan' },
  cron: '0 7 * * 1-5',
  timeZone: 'Europe/Kyiv',
};
const add = (some: object = {}, token?: string) =>
  api.ask('POST', '/api/schedules', { ...morning, ...some }, {}, token ?? api.token);
const added = async (some: object = {}) => String((await add(some)).body['id']);
const change = (id: string, some: object) => api.ask('PATCH', `/api/schedules/${id}`, some);
const refused = (path: string, message: RegExp) => ({
  status: 400,
  body: { code: 'REQUEST_INVALID', errors: [{ path, message: expect.stringMatching(message) as string }] },
});
const ticks = ({ body }: Answer) => (body['nextTicks'] as string[]).map((tick) => new Date(tick));

describe('adding', () => {
  test('answers with the schedule, its payload as its task will get it, and its next three ticks', async () => {
    const answer = await add();
    expect(answer).toMatchObject({
      status: 201,
      body: {
        ...morning,
        payload: { who: 'Ivan', loud: false },
        enabled: true,
        lastTick: null,
        lastTaskId: null,
        lastError: null,
      },
    });
    expect(answer.headers.get('location')).toBe(`/api/schedules/${String(answer.body['id'])}`);
    const next = ticks(answer);
    expect(next).toHaveLength(3);
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Kyiv', timeStyle: 'short' });
    expect(next.map((tick) => clock.format(tick))).toEqual(['07:00', '07:00', '07:00']);
    expect((next[0]?.getTime() ?? 0) < (next[1]?.getTime() ?? 0)).toBe(true);
  });

  test('the same one again changes nothing, and another one of its name is refused', async () => {
    const id = await added();
    expect(await add({ payload: { who: 'Ivan', loud: false } })).toMatchObject({ status: 200, body: { id } });
    for (const other of [
      { cron: '0 8 * * *' },
      { timeZone: 'UTC' },
      { payload: { who: 'Maria' } },
      { task: 'once', payload: { key: 'a' } },
    ])
      expect(await add(other)).toMatchObject({ status: 409, body: { code: 'SCHEDULE_EXISTS' } });
    expect((await add({}, api.otherToken)).status).toBe(201);
  });

  test('ten requests at once add one', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => add()));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 201]);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
  });

  test.each([
    [{ cron: '0 25 * * *' }, 'cron', /Invalid value for hour: 25/],
    [{ cron: 'every day' }, 'cron', /write five fields/],
    [{ cron: '0 0 31 2 *' }, 'cron', /never comes/],
    [{ timeZone: 'Mars/Base' }, 'timeZone', /write an IANA name such as Europe\/Kyiv/],
    [{ payload: { who: '' } }, 'payload.who', /./],
    [{ payload: 7 }, 'payload', /object/],
    [{ task: 'shout' }, 'task', /there is no task named shout: there are greet, once/],
    [{ task: 'hidden', payload: {} }, 'task', /there is no task named hidden/],
    [{ name: ' ' }, 'name', /./],
    [{ zone: 'UTC' }, '', /zone/],
  ])('%j is refused, saying where and why', async (some, path, message) => {
    expect(await add(some)).toMatchObject(refused(path, message));
    expect(await api.database.read((db) => db(Schedule))).toEqual([]);
  });
});

describe('looking', () => {
  test('a list comes in pages, the newest first, and can be asked for one by name', async () => {
    const ids = [await added({ name: 'a' }), await added({ name: 'b' }), await added({ name: 'c' })];
    const first = await api.ask('GET', '/api/schedules?limit=2');
    const second = await api.ask('GET', `/api/schedules?limit=2&cursor=${String(first.body.next)}`);
    expect([...(first.body.items ?? []), ...(second.body.items ?? [])].map(({ id }) => id)).toEqual(ids.reverse());
    expect(second.body.next).toBeNull();
    expect((await api.ask('GET', '/api/schedules?name=b')).body.items).toMatchObject([{ id: ids[1] }]);
    expect((await api.ask('GET', '/api/schedules?limit=0')).status).toBe(400);
  });

  test("another account's schedule is not there", async () => {
    const id = await added();
    for (const [method, body] of [['GET'], ['PATCH', { enabled: false }], ['DELETE']] as const)
      expect(await api.ask(method, `/api/schedules/${id}`, body, {}, api.otherToken)).toMatchObject({ status: 404 });
    expect((await api.ask('GET', '/api/schedules', undefined, {}, api.otherToken)).body.items).toEqual([]);
    expect((await api.ask('GET', `/api/schedules/${id}`)).body).toMatchObject({ id, enabled: true });
  });

  test('one whose expression this build does not understand is shown without ticks', async () => {
    const id = await added();
    await api.database.transaction((db) => db(Schedule).findById(id).patch({ cron: 'sometimes' }));
    expect((await api.ask('GET', `/api/schedules/${id}`)).body).toMatchObject({ cron: 'sometimes', nextTicks: [] });
  });
});

describe('changing', () => {
  const due = () => api.database.transaction((db) => takeDueSchedules(db, ['greet', 'once'], 10));
  /** As if its tick had come an hour ago. */
  const late = (id: string) =>
    api.database.transaction((db) =>
      db(Schedule)
        .findById(id)
        .patch({ next_at: new Date(Date.now() - 3_600_000) }),
    );

  test('a paused one has no ticks, and what it misses is not made up for when it goes on', async () => {
    const id = await added();
    await late(id);
    expect(await due()).toMatchObject([{ id }]);
    expect(await change(id, { enabled: false })).toMatchObject({
      status: 200,
      body: { enabled: false, nextTicks: [] },
    });
    expect(await due()).toEqual([]);
    const resumed = await change(id, { enabled: true });
    expect(resumed.body['enabled']).toBe(true);
    expect(ticks(resumed)).toHaveLength(3);
    expect(await due()).toEqual([]);
  });

  test('another expression or zone counts from now on; another payload leaves a tick that is due', async () => {
    const id = await added();
    await late(id);
    expect((await change(id, { payload: { who: 'Maria' } })).body).toMatchObject({
      payload: { who: 'Maria', loud: false },
    });
    expect(await due()).toHaveLength(1);
    expect(await change(id, { cron: '@hourly', timeZone: 'UTC' })).toMatchObject({
      body: { cron: '@hourly', timeZone: 'UTC', payload: { who: 'Maria', loud: false } },
    });
    expect(await due()).toEqual([]);
  });

  test('what it said of its latest tick is over', async () => {
    const id = await added();
    await api.database.transaction((db) =>
      db(Schedule)
        .findById(id)
        .patch({ last_error: { code: 'PAYLOAD_INVALID', message: 'who: is missing' } }),
    );
    expect((await api.ask('GET', `/api/schedules/${id}`)).body['lastError']).toMatchObject({ code: 'PAYLOAD_INVALID' });
    expect((await change(id, { payload: { who: 'Ivan' } })).body['lastError']).toBeNull();
  });

  test.each([
    [{ cron: '* * *' }, 'cron', /write five fields/],
    [{ timeZone: '+03:00' }, 'timeZone', /IANA/],
    [{ payload: {} }, 'payload.who', /./],
    [{}, '', /say what to change/],
    [{ name: 'x', enabled: true }, '', /name/],
    [{ enabled: 'no' }, 'enabled', /./],
  ])('to %j is refused', async (some, path, message) => {
    const id = await added();
    expect(await change(id, some)).toMatchObject(refused(path, message));
    expect((await api.ask('GET', `/api/schedules/${id}`)).body).toMatchObject({ ...morning, payload: { who: 'Ivan' } });
  });

  test('to a wrong expression is refused while it is paused, too', async () => {
    const id = await added();
    await change(id, { enabled: false });
    expect(await change(id, { cron: '* * *' })).toMatchObject({ status: 400 });
    expect(await change(id, { cron: '0 9 * * *' })).toMatchObject({
      status: 200,
      body: { enabled: false, nextTicks: [] },
    });
  });
});

test('a removed one is gone, and its name is free', async () => {
  const id = await added();
  expect(await api.ask('DELETE', `/api/schedules/${id}`)).toMatchObject({ status: 204 });
  expect(await api.ask('DELETE', `/api/schedules/${id}`)).toMatchObject({ status: 404 });
  expect(await api.ask('GET', `/api/schedules/${id}`)).toMatchObject({ status: 404 });
  expect((await add({ cron: '0 8 * * *' })).status).toBe(201);
});
