/** What the system's forerunner was judged by: a worker on a database that nobody has prepared. */
import { deploy, type Deployment } from './testing/deployment';
import { Program } from './testing/program';

let office: Deployment;
beforeEach(async () => {
  office = await deploy();
});
afterEach(() => office.close());

test('a worker started first, on an empty database, takes nothing; after `worker migrate` a task of the server succeeds', async () => {
  const worker = office.start('worker');
  await worker.said(/lacks every migration: run `worker migrate`/);
  const api = office.start('api');
  await api.said(/lacks every migration/);

  expect(await office.run('worker', 'migrate')).toMatchObject({ code: 0 });
  await worker.said(/ready: \d+ tables verified/);
  await worker.said(/waiting for tasks, each in a transaction of its own/);
  await api.end();

  await office.startApi();
  const mailbox = await office.ask('POST', '/api/mailboxes', { name: 'Nobody', path: '/nowhere/at/all' });
  const { body } = await office.ask('POST', '/api/tasks/voice_search', {
    mailboxId: mailbox.body['id'],
    text: 'anything',
  });
  expect(await office.ended(String(body['id']))).toMatchObject({ state: 'succeeded', attempt: 1, failedAttempts: [] });
  expect(worker.count(/no such table|doesn't exist|application context/i)).toBe(0);
  await worker.end();
  expect((await worker.exited).code).toBe(0);
});

test('ten `worker migrate` at once all succeed, and each migration is applied by one of them', async () => {
  const runs = await Promise.all(Array.from({ length: 10 }, () => office.run('worker', 'migrate')));
  expect(runs.map(({ code }) => code)).toEqual(Array.from({ length: 10 }, () => 0));
  const applied = runs.flatMap(({ output }) => [...output.matchAll(/"(\d{4}-[a-z]+)"/g)].map(([, name]) => name));
  expect(applied.length).toBeGreaterThan(0);
  expect(applied.sort()).toEqual([...new Set(applied)]);
});

test('a mailbox that is not there is a failed task with the reason, after one attempt', async () => {
  await office.run('worker', 'migrate');
  await Promise.all([office.startApi(), office.startWorker()]);
  const mailbox = await office.ask('POST', '/api/mailboxes', { name: 'Nobody', path: '/nowhere/at/all' });
  const { body } = await office.ask('POST', '/api/tasks/background_sort', { mailboxId: mailbox.body['id'] });
  expect(await office.ended(String(body['id']))).toMatchObject({
    state: 'failed',
    attempt: 1,
    error: { code: 'MAILBOX_NOT_FOUND' },
  });
});

test('a wrong environment is said, with what is wrong, and nothing starts', async () => {
  const wrong = new Program('worker', [], { DATABASE_URL: 'postgres://x', AMQP_URL: '' });
  const { code } = await wrong.exited;
  const output = wrong.lines.join('\n');
  expect(code).toBe(2);
  expect(output).toContain('DATABASE_URL');
  expect(output).toContain('must look like mysql://');
});
