import { office } from '../program';
import { aDeadLetter } from '../testing/documents';
import { PlayedApi, problem } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

const [one, two] = ['01a00000-0000-7000-8000-000000000001', '01a00000-0000-7000-8000-000000000002'];

let api: PlayedApi;
beforeEach(async () => {
  api = await PlayedApi.start();
});
afterEach(() => api.stop());

const run = async (...args: string[]) => {
  const surroundings = testSurroundings({ env: { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' } });
  const code = await office(['dead', ...args], surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};

test('lists what was put aside, and says how many there are', async () => {
  const items = [aDeadLetter({ id: one }), aDeadLetter({ id: two, queue: null, at: null, properties: {} })];
  api.routes['GET /api/dead-letters'] = { body: { items, total: 7 } };
  const { code, out } = await run('--limit', '2');
  expect(code).toBe(0);
  expect(api.requests[0]?.query.get('limit')).toBe('2');
  expect(out).toMatch(/^id +put aside +queue +type +bytes +reason\n/);
  expect(out).toMatch(
    new RegExp(`\\n${one} +2024-05-01 [0-9:]+ +office\\.tasks\\.default +rename +2 +there is no task rename\\n`),
  );
  expect(out).toMatch(new RegExp(`\\n${two} +- +- +- +2 +there is`));
  expect(out).toContain('7 dead letters in all');
  expect(JSON.parse((await run('list', '--json')).out)).toEqual({ items, total: 7 });
  api.routes['GET /api/dead-letters'] = { body: { items: [], total: 0 } };
  expect((await run()).out).toBe('There are no dead letters.\n');
});

test('shows one, with what is in it and nothing that a terminal would obey', async () => {
  const body = { encoding: 'text' as const, content: `{"\u001b[2J":1}${'x'.repeat(3000)}`, size: 90_000 };
  const letter = aDeadLetter({ id: one, headers: { 'x-attempt': 2 }, body });
  api.routes[`GET /api/dead-letters/${one}`] = { body: letter };
  const { code, out } = await run('show', one);
  expect(code).toBe(0);
  expect(out).toMatch(/reason +there is no task rename\n/);
  expect(out).toMatch(/headers +{"x-attempt":2}\n/);
  expect(out).toMatch(/body +90000 bytes: {"\ufffd\[2J":1}x+… \(more of it with --json\)\n$/);
  expect(JSON.parse((await run('show', one, '--json')).out)).toEqual(letter);
});

test('requeues and drops those that are named; one that is refused does not keep the others from it', async () => {
  api.routes[`POST /api/dead-letters/${one}/requeue`] = problem(409, 'DEAD_LETTER_HOMELESS', 'nowhere to go');
  api.routes[`POST /api/dead-letters/${two}/requeue`] = { body: { requeued: 1 } };
  api.routes[`DELETE /api/dead-letters/${two}`] = { body: { dropped: 1 } };
  expect(await run('requeue', one, two)).toMatchObject({
    code: 1,
    out: `${one}  error nowhere to go (DEAD_LETTER_HOMELESS)\n${two}  is requeued\n`,
  });
  expect(await run('drop', two)).toMatchObject({ code: 0, out: `${two}  is dropped\n` });
  expect(JSON.parse((await run('drop', two, '--json')).out)).toEqual({ items: [{ id: two, dropped: 1 }] });
});

test('requeues all, part by part, and leaves what comes back meanwhile', async () => {
  const began = '2024-05-01T10:00:00.000Z';
  api.routes['POST /api/dead-letters/requeue'] = [
    { body: { requeued: 200, kept: 0, more: true, began } },
    { body: { requeued: 7, kept: 0, more: false, began: '2024-05-01T10:00:01.000Z' } },
  ];
  const all = await run('requeue', '--all', '--queue', 'office.tasks.bulk', '--reason', 'no task');
  expect(all).toMatchObject({ code: 0, out: '207 dead letters requeued\n' });
  const filter = { queue: 'office.tasks.bulk', reasonContains: 'no task' };
  expect(api.requests.map(({ body }) => body)).toEqual([filter, { ...filter, before: began }]);
});

test('drops all; and stops when those that are left have nowhere to go', async () => {
  api.routes['POST /api/dead-letters/drop'] = { body: { dropped: 3, more: false } };
  expect(JSON.parse((await run('drop', '--all', '--json')).out)).toEqual({ dropped: 3, kept: 0 });
  api.routes['POST /api/dead-letters/requeue'] = { body: { requeued: 0, kept: 2, more: true } };
  expect(await run('requeue', '--all')).toMatchObject({
    code: 1,
    out: '0 dead letters requeued; 2 stay, as they have no queue to go back to\n',
  });
});

test.each([
  [['requeue'], /name the dead letters to requeue, or say --all/],
  [['drop', one, '--all'], /not both/],
  [['drop', one, '--queue', 'x'], /--queue and --reason go with --all/],
  [['show'], /missing required argument 'id'/],
])('%j is a mistake, and nothing is asked of the API', async (args, reason) => {
  expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringMatching(reason) as string });
  expect(api.requests).toEqual([]);
});

test('says which token it takes', async () => {
  api.routes['GET /api/dead-letters'] = problem(
    403,
    'OPERATOR_REQUIRED',
    'for operators: `office token create --operator`',
  );
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('token create --operator') as string });
});
