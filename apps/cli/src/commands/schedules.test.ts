import { office } from '../program';
import { aSchedule } from '../testing/documents';
import { PlayedApi, problem } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

const { id } = aSchedule();
const moment = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';

let api: PlayedApi;
beforeEach(async () => {
  api = await PlayedApi.start();
});
afterEach(() => api.stop());

const run = async (...args: string[]) => {
  const surroundings = testSurroundings({ env: { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' } });
  const code = await office(args, surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};
const add = (...more: string[]) =>
  run('schedules', 'add', 'weekdays', 'background_sort', '--cron', '0 7 * * 1-5', ...more);

test('lists all of them, page after page, with the next tick, and why the latest one came to nothing', async () => {
  const lastError = { code: 'TASK_STILL_QUEUED', message: 'the tick was left out' };
  api.routes['GET /api/schedules'] = [
    { body: { items: [aSchedule({ lastError, lastTick: '2024-05-01T04:00:00.000Z' })], next: 'more' } },
    { body: { items: [aSchedule({ name: 'nightly', enabled: false, nextTicks: [] })], next: null } },
  ];
  const { code, out } = await run('schedules');
  expect(code).toBe(0);
  expect(api.asked('GET /api/schedules').map(({ query }) => query.get('cursor'))).toEqual([null, 'more']);
  expect(out).toMatch(/^name +task +cron +zone +next +last +error\n/);
  expect(out).toMatch(
    new RegExp(
      `\\nweekdays +background_sort +0 7 \\* \\* 1-5 +Europe/Kyiv +${moment} +${moment} +the tick was left out\\n`,
    ),
  );
  expect(out).toMatch(/\nnightly .* paused +-\n/);
});

test('as a document, or when there are none', async () => {
  api.routes['GET /api/schedules'] = { body: { items: [aSchedule()], next: null } };
  expect(JSON.parse((await run('schedules', 'list', '--json')).out)).toEqual({ items: [aSchedule()] });
  api.routes['GET /api/schedules'] = { body: { items: [], next: null } };
  expect((await run('schedules')).out).toContain('office schedules add');
});

test('adds one as it is told to, and shows when it will tick', async () => {
  api.routes['POST /api/schedules'] = { status: 201, body: aSchedule() };
  const { code, out } = await add('--zone', 'Europe/Kyiv', '--payload', '{"mailboxId":"m"}');
  expect(code).toBe(0);
  expect(api.requests[0]?.body).toEqual({
    name: 'weekdays',
    task: 'background_sort',
    cron: '0 7 * * 1-5',
    timeZone: 'Europe/Kyiv',
    payload: { mailboxId: 'm' },
  });
  expect(out).toMatch(/^weekdays is scheduled\n/);
  expect(out).toMatch(new RegExp(`next +${moment}, ${moment}, ${moment}\\n`));
});

test('the same again says so; the zone is UTC and the payload empty unless they are said', async () => {
  api.routes['POST /api/schedules'] = { status: 200, body: aSchedule() };
  expect((await add()).out).toMatch(/^weekdays was scheduled like this before\n/);
  expect(api.requests[0]?.body).toMatchObject({ timeZone: 'UTC', payload: {} });
  expect(JSON.parse((await add('--json')).out)).toMatchObject({ isNew: false, schedule: { id } });
});

test('what the API refuses is said, part by part', async () => {
  const errors = [{ path: 'cron', message: '"0 7" is no cron expression' }];
  api.routes['POST /api/schedules'] = problem(400, 'REQUEST_INVALID', 'the schedule is not valid', { errors });
  const { code, out, err } = await add();
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('"0 7" is no cron expression');
});

describe('by its name, one is', () => {
  beforeEach(() => {
    api.routes['GET /api/schedules'] = { body: { items: [aSchedule()], next: null } };
  });

  test.each([
    ['pause', false, 'weekdays is paused\n'],
    ['resume', true, 'weekdays goes on\n'],
  ])('%sd', async (verb, enabled, said) => {
    api.routes[`PATCH /api/schedules/${id}`] = { body: aSchedule({ enabled }) };
    const { code, out } = await run('schedules', verb, 'weekdays');
    expect(code).toBe(0);
    expect(out.startsWith(said)).toBe(true);
    expect(api.requests.map(({ body }) => body)).toEqual([undefined, { enabled }]);
    expect(api.requests[0]?.query.get('name')).toBe('weekdays');
  });

  test('removed', async () => {
    api.routes[`DELETE /api/schedules/${id}`] = { status: 204, body: '' };
    expect(await run('schedules', 'remove', 'weekdays')).toMatchObject({ code: 0, out: 'weekdays is removed\n' });
    api.routes[`DELETE /api/schedules/${id}`] = { status: 200, body: '<html>' };
    expect((await run('schedules', 'remove', 'weekdays')).err).toContain('ANSWER_UNKNOWN');
  });

  test('not found', async () => {
    api.routes['GET /api/schedules'] = { body: { items: [], next: null } };
    const { code, err } = await run('schedules', 'pause', 'nothing');
    expect(code).toBe(1);
    expect(err).toContain('there is no schedule named nothing');
  });
});
