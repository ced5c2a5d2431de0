import { office } from '../program';
import { aMailbox, anUndoReport, aTask } from '../testing/documents';
import { PlayedApi, problem } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

const runId = '01a00000-0000-7000-8000-000000000001';
const undoId = '01a00000-0000-7000-8000-000000000003';
const reportId = '01a00000-0000-7000-8000-000000000004';
const mailboxId = aMailbox().id;
const planned = { planned: 2, alreadyUndone: 0, underWay: 0 };

const reported = (report = anUndoReport()) => ({
  body: aTask({ id: reportId, name: 'undo_report', state: 'succeeded', result: report }),
});
const begun = (done: number) => ({
  body: aTask({
    ...{ id: undoId, name: 'undo', state: 'succeeded', result: planned },
    ...{ progress: { done, total: 1 }, nextId: reportId },
  }),
});

let api: PlayedApi;
beforeEach(async () => {
  api = await PlayedApi.start();
  Object.assign(api.routes, {
    'GET /api/mailboxes': { body: { items: [aMailbox()], next: null } },
    'GET /api/mails/m1': { body: { id: 'm1', mailboxId } },
    [`GET /api/tasks/${runId}`]: { body: aTask({ id: runId, payload: { mailboxId, dryRun: false } }) },
    'POST /api/tasks/undo': { status: 202, body: aTask({ id: undoId, name: 'undo' }) },
    [`GET /api/tasks/${undoId}`]: [{ body: aTask({ id: undoId, name: 'undo' }) }, begun(0), begun(1)],
    [`GET /api/tasks/${reportId}`]: reported(),
  });
});
afterEach(() => api.stop());

const undo = async (...args: string[]) => {
  const surroundings = testSurroundings({ env: { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' } });
  const code = await office(['undo', ...args], surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};

test.each([
  ['a mail', ['--mail', 'm1'], { mailId: 'm1' }],
  ['a run', ['--run', runId], { runId }],
  ['a sender', ['--from', 'a@b.example'], { from: 'a@b.example' }],
])('%s is undone in its mailbox and followed to the report', async (_what, args, selector) => {
  const { code, out, err } = await undo(...args);
  expect({ code, out }).toEqual({
    code: 0,
    out: '2 mails put back.\n\nmails  folder that mails are back in\n    2  INBOX\n',
  });
  expect(err).toBe('putting back 2 mails\n1 of 1 steps (100 %)\ncounting\n');
  expect(api.asked('POST /api/tasks/undo')).toMatchObject([{ body: { mailboxId, ...selector } }]);
});

test('what has drifted is printed with the reason, and is an exit code of 1', async () => {
  const drifted = {
    total: 1,
    examples: [{ what: '"Hi" from a@b.example', reason: 'moved since by somebody else: it is in Mine' }],
  };
  api.routes[`GET /api/tasks/${reportId}`] = reported(
    anUndoReport({ undone: 0, restored: {}, drifted, alreadyUndone: 4 }),
  );
  const { code, out } = await undo('--run', runId);
  expect(code).toBe(1);
  expect(out).toBe(
    [
      'Nothing was put back.',
      '4 mails had been put back before.',
      '',
      '1 drifted, and left alone',
      'mail                   reason',
      '"Hi" from a@b.example  moved since by somebody else: it is in Mine',
      '',
    ].join('\n'),
  );
});

test.each(['conflicts', 'failed'] as const)('%s are an exit code of 1', async (kind) => {
  const some = { total: 1, examples: [] };
  api.routes[`GET /api/tasks/${reportId}`] = reported(anUndoReport({ [kind]: some }));
  expect(await undo('--run', runId)).toMatchObject({ code: 1 });
});

test('--json prints one document alone', async () => {
  const { out, err } = await undo('--run', runId, '--json');
  expect(err).toBe('');
  expect(JSON.parse(out)).toEqual({ ...anUndoReport(), taskId: undoId, reportId });
});

test('of several mailboxes the newest is meant, and that is said; --mailbox names another', async () => {
  const other = aMailbox({ id: '01a00000-0000-7000-8000-00000000000b', name: 'Other' });
  api.routes['GET /api/mailboxes'] = { body: { items: [aMailbox(), other], next: null } };
  expect((await undo('--from', 'a@b.example')).err).toContain('undoing in "Mine", the newest of 2 mailboxes');
  await undo('--from', 'a@b.example', '--mailbox', 'other');
  expect(api.asked('POST /api/tasks/undo')).toMatchObject([{ body: { mailboxId } }, { body: { mailboxId: other.id } }]);
});

test('a task that is no run is a mistake, and so is a mail that is not there', async () => {
  api.routes[`GET /api/tasks/${runId}`] = { body: aTask({ id: runId, name: 'voice_search', payload: { mailboxId } }) };
  expect(await undo('--run', runId)).toMatchObject({ code: 2, err: expect.stringContaining('RUN_UNKNOWN') as string });
  api.routes['GET /api/mails/m1'] = problem(404, 'NOT_FOUND', 'there is no mail m1');
  expect(await undo('--mail', 'm1')).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no mail') as string,
  });
  expect(api.asked('POST /api/tasks/undo')).toEqual([]);
});
