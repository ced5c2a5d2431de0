import { office } from '../program';
import { aMailbox, aReport, aTask } from '../testing/documents';
import { PlayedApi } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

const runId = '01a00000-0000-7000-8000-000000000001';
const applyId = '01a00000-0000-7000-8000-000000000003';
const reportId = '01a00000-0000-7000-8000-000000000004';
const mailboxId = aMailbox().id;

const dryRun = (dry: boolean) => ({ body: aTask({ id: runId, payload: { mailboxId, dryRun: dry } }) });
const applied = (plan = { planId: runId, planned: 5, before: 0 }) => ({
  body: aTask({
    ...{ id: applyId, name: 'apply_plan', state: 'succeeded', result: plan },
    ...{ progress: { done: 1, total: 1 }, nextId: reportId },
  }),
});
const reported = (report = aReport({ runId: applyId, mails: 0, categories: {} })) => ({
  body: aTask({ id: reportId, name: 'sort_report', state: 'succeeded', result: report }),
});

let api: PlayedApi;
beforeEach(async () => {
  api = await PlayedApi.start();
  Object.assign(api.routes, {
    [`GET /api/tasks/${runId}`]: dryRun(true),
    'POST /api/tasks/apply_plan': { status: 202, body: aTask({ id: applyId, name: 'apply_plan' }) },
    [`GET /api/tasks/${applyId}`]: applied(),
    [`GET /api/tasks/${reportId}`]: reported(),
  });
});
afterEach(() => api.stop());

const apply = async (...args: string[]) => {
  const surroundings = testSurroundings({ env: { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' } });
  const code = await office(['apply', runId, ...args], surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};

test('the plan is applied and followed to its report, which says how it is undone', async () => {
  const { code, out } = await apply();
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`^5 of 5 moves made.\n.office undo --run ${applyId}. puts them back.\n`));
  expect(api.asked('POST /api/tasks/apply_plan')).toMatchObject([{ body: { mailboxId, runId } }]);
});

test('a mail that somebody has moved since is printed, and is an exit code of 1', async () => {
  const skipped = { total: 1, examples: [{ what: 'a', reason: 'moved since by somebody else: it is in Mine' }] };
  api.routes[`GET /api/tasks/${reportId}`] = reported(aReport({ moved: { Forums: 4 }, skipped }));
  const { code, out } = await apply();
  expect(code).toBe(1);
  expect(out).toContain('4 of 5 moves made.');
  expect(out).toContain('a     moved since by somebody else: it is in Mine');
});

test('a plan of which nothing is left says so', async () => {
  api.routes[`GET /api/tasks/${applyId}`] = applied({ planId: runId, planned: 0, before: 5 });
  api.routes[`GET /api/tasks/${reportId}`] = reported(aReport({ moved: {} }));
  expect(await apply()).toMatchObject({
    code: 0,
    out: 'Nothing of this plan is left to move.\n5 moves of it had been taken up by other runs before.\n',
  });
});

test('a run that was not dry is a mistake', async () => {
  api.routes[`GET /api/tasks/${runId}`] = dryRun(false);
  expect(await apply()).toMatchObject({ code: 2, err: expect.stringContaining('RUN_NOT_DRY') as string });
});

test('--json prints one document alone', async () => {
  const { out } = await apply('--json');
  expect(JSON.parse(out)).toMatchObject({ runId: applyId, plan: { planned: 5 }, taskId: applyId, reportId });
});
