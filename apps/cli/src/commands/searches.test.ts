import { office } from '../program';
import { aKeptSearch, aSearchResult } from '../testing/documents';
import { PlayedApi, problem } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

let api: PlayedApi;
beforeEach(async () => {
  api = await PlayedApi.start();
});
afterEach(() => api.stop());

const { id } = aKeptSearch();
const searches = async (...args: string[]) => {
  const surroundings = testSurroundings({ env: { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' } });
  const code = await office(['searches', ...args], surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};

test('lists what was searched for, how, and how much was found', async () => {
  const failed = {
    text: null,
    spoken: true,
    total: null,
    state: 'failed',
    error: { code: 'X', message: 'only noise' },
  };
  const items = [aKeptSearch(), aKeptSearch({ ...failed, state: 'failed' })];
  api.routes['GET /api/searches'] = { body: { items, next: null } };
  const { code, out } = await searches('--limit', '2');
  expect(code).toBe(0);
  expect(out).toMatch(/12 {2}text {3}linux kernel/);
  expect(out).toMatch(/failed {2}voice {2}\(only noise\)/);
  expect(api.asked('GET /api/searches')[0]?.query.get('limit')).toBe('2');
});

test('says how to make the first one', async () => {
  api.routes['GET /api/searches'] = { body: { items: [], next: null } };
  expect(await searches()).toMatchObject({ code: 0, out: 'There are no searches: `office search` makes one.\n' });
});

test('repeats one as a new one', async () => {
  api.routes[`POST /api/searches/${id}/repeat`] = { body: { id: 'new', ...aSearchResult() } };
  const { code, out } = await searches('repeat', id, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ id: 'new', total: 12 });
});

test('forgets those that can be forgotten, and says which cannot', async () => {
  api.routes['DELETE /api/searches/one'] = { status: 204, body: '' };
  api.routes['DELETE /api/searches/two'] = problem(409, 'SEARCH_RUNNING', 'it is running');
  const { code, out } = await searches('forget', 'one', 'two');
  expect(code).toBe(1);
  expect(out).toMatch(/^one {2}is forgotten\ntwo {2}.*it is running \(SEARCH_RUNNING\)/);
});
