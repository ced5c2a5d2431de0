import { randomUUID } from 'node:crypto';
import { Account, Action, Mail, newId, Verdict } from '@sorting-office/db';
import { loadTasks } from '@sorting-office/tasks';
import { startApi, type TestApi } from '../testing/api';

let api: TestApi;
let mailboxId: string;
beforeAll(async () => {
  api = await startApi({}, await loadTasks());
  await api.api.whenReady();
  const { body } = await api.ask('POST', '/api/mailboxes', { name: 'Mine', path: '/srv/mail' });
  mailboxId = String(body['id']);
});
afterEach(() => api.database.transaction((db) => db.execute('DELETE FROM tasks')));
afterAll(() => api.close());

const problem = (status: number, code: string) => ({ status, body: { status, code } });

/** A mail that was filed, and put back again. */
async function aMail(): Promise<{ id: string; runId: string; moveId: string }> {
  const [id, runId, moveId] = [newId(), newId(), newId()];
  await api.database.transaction(async (db) => {
    const { id: account_id } = await db(Account).findOne({ name: 'owner' }).throwIfNotFound();
    const owned = { account_id, mailbox_id: mailboxId };
    await db(Mail).insert({
      ...{ ...owned, id, store_key: id, folder: 'INBOX', flags: 'S', message_id: null, from_name: 'Linus' },
      ...{
        from_address: 'linus@example.org',
        recipients: [{ name: '', address: 'me@example.org' }],
        subject: 'Re: mm',
      },
      ...{ snippet: 'It boots.', sent_at: new Date('2026-03-02T10:00:00Z'), size: 7, attachments: [], problems: [] },
    });
    const reasons = [{ signal: 'list', text: 'It came through a mailing list.' }];
    await db(Verdict).insert({ ...owned, mail_id: id, run_id: runId, category: 'forum', confidence: 0.9, reasons });
    const move = {
      ...owned,
      mail_id: id,
      kind: 'move' as const,
      prior: {},
      finished_at: new Date('2026-03-02T11:00:00Z'),
    };
    await db.insertAll(Action, [
      { ...move, id: moveId, run_id: runId, from_folder: 'INBOX', to_folder: 'Forums', state: 'undone' },
      {
        ...move,
        id: newId(),
        run_id: newId(),
        from_folder: 'Forums',
        to_folder: 'INBOX',
        state: 'done',
        undoes: moveId,
      },
    ]);
  });
  return { id, runId, moveId };
}

test('a mail says why it is where it is, and what was done to it', async () => {
  const { id, runId, moveId } = await aMail();
  expect(await api.ask('GET', `/api/mails/${id}`)).toMatchObject({
    status: 200,
    body: {
      ...{ id, mailboxId, folder: 'INBOX', flags: 'S', subject: 'Re: mm', snippet: 'It boots.', size: 7 },
      from: { name: 'Linus', address: 'linus@example.org' },
      sentAt: '2026-03-02T10:00:00.000Z',
      verdict: { category: 'forum', confidence: 0.9, reasons: [{ signal: 'list' }] },
      actions: [
        { ...{ id: moveId, runId, kind: 'move', from: 'INBOX', to: 'Forums' }, state: 'undone', undoes: null },
        { from: 'Forums', to: 'INBOX', state: 'done', at: '2026-03-02T11:00:00.000Z', undoes: moveId },
      ],
    },
  });
});

test('undoing a mail enqueues a task for it, once while it is queued', async () => {
  const { id } = await aMail();
  const { status, headers, body } = await api.ask('POST', `/api/mails/${id}/undo`);
  expect(status).toBe(202);
  expect(headers.get('location')).toBe(`/api/tasks/${String(body['id'])}`);
  expect(body).toMatchObject({ name: 'undo', state: 'queued', payload: { mailboxId, mailId: id } });
  expect(await api.ask('POST', `/api/mails/${id}/undo`)).toMatchObject({ status: 200, body: { id: body['id'] } });
  expect(await api.tasks()).toHaveLength(1);
});

test('an Idempotency-Key gives the first undo again, and is of no use for another mail', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const [one, other] = [await aMail(), await aMail()];
  const first = await api.ask('POST', `/api/mails/${one.id}/undo`, undefined, headers);
  expect((await api.ask('POST', `/api/mails/${one.id}/undo`, undefined, headers)).body['id']).toBe(first.body['id']);
  expect(await api.ask('POST', `/api/mails/${other.id}/undo`, undefined, headers)).toMatchObject(
    problem(422, 'IDEMPOTENCY_KEY_REUSED'),
  );
});

test.each([
  ['GET', ''],
  ['POST', '/undo'],
])("%s of another account's mail, or of none, finds nothing", async (method, path) => {
  const { id } = await aMail();
  expect(await api.ask(method, `/api/mails/${id}${path}`, undefined, {}, api.otherToken)).toMatchObject(
    problem(404, 'NOT_FOUND'),
  );
  expect(await api.ask(method, `/api/mails/${newId()}${path}`)).toMatchObject(problem(404, 'NOT_FOUND'));
  expect(await api.ask(method, `/api/mails/7${path}`)).toMatchObject(problem(400, 'REQUEST_INVALID'));
  expect(await api.tasks()).toEqual([]);
});

test('undo and apply_plan are offered as tasks, their reports are not', async () => {
  const runId = newId();
  for (const name of ['undo', 'apply_plan'])
    expect(await api.ask('POST', `/api/tasks/${name}`, { mailboxId, runId })).toMatchObject({ status: 202 });
  expect(await api.ask('POST', '/api/tasks/undo_report', {})).toMatchObject(problem(404, 'TASK_UNKNOWN'));
});

test('an undo of nothing, or of two things at once, is refused', async () => {
  for (const selector of [{}, { mailId: newId(), runId: newId() }])
    expect(await api.ask('POST', '/api/tasks/undo', { mailboxId, ...selector })).toMatchObject(
      problem(400, 'REQUEST_INVALID'),
    );
});

test('the OpenAPI document tells of both', async () => {
  const { paths } = (await api.ask('GET', '/api/openapi.json')).body as unknown as { paths: Record<string, object> };
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/api/mails/{id}', '/api/mails/{id}/undo', '/api/tasks/undo', '/api/tasks/apply_plan']),
  );
});
