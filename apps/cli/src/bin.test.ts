import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aMailbox, aTask } from './testing/documents';
import { PlayedApi } from './testing/played-api';
import { OfficeProcess } from './testing/program';
import { version } from './version';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'office-bin-'));
  for (const part of ['new', 'cur']) mkdirSync(join(folder, 'Maildir', part), { recursive: true });
  // Of the folder that the user is in, and no business of ours.
  writeFileSync(join(folder, 'tsconfig.json'), '{ this is no JSON');
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => new OfficeProcess(args, { cwd: folder }).ended;

test('runs from its source in any folder', async () => {
  expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('the help goes to stdout when it is asked for, and to stderr when it is needed', async () => {
  const asked = await run('--help');
  expect(asked).toMatchObject({ code: 0, err: '' });
  for (const command of ['sort', 'search', 'tasks', 'mailboxes', 'doctor', 'token'])
    expect(asked.out).toContain(command);
  expect(await run()).toEqual({ code: 2, out: '', err: asked.out });
});

test.each([
  [['frobnicate'], /unknown command/],
  [['sort'], /missing required argument/],
  [['tasks', '--state', 'running'], /Allowed choices are queued, succeeded, failed, cancelled/],
  [['tasks', 'frobnicate'], /too many arguments/],
  [['token', 'create', '--account', ''], /1 to 190 characters/],
  [['mailboxes'], /CONFIGURATION_MISSING/],
])('%j is a mistake', async (args, reason) => {
  const { code, out, err } = await run(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(reason);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s, and more than one of it, leaves the sort to the background', async (signal, code) => {
  const api = await PlayedApi.start();
  const task = aTask({});
  api.routes['POST /api/mailboxes'] = { body: aMailbox() };
  api.routes['POST /api/tasks/background_sort'] = { status: 202, body: task };
  api.routes[`GET /api/tasks/${task.id}`] = () => {
    office.child.kill(signal);
    office.child.kill(signal);
    return { body: task };
  };
  const env = { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' };
  const office = new OfficeProcess(['sort', 'Maildir'], { cwd: folder, env });
  const ended = await office.ended;
  expect(ended).toMatchObject({ code, out: '' });
  expect(ended.err).toContain(`office tasks show ${task.id}`);
  await api.stop();
});

test('whoever stops reading ends it without a word', async () => {
  const api = await PlayedApi.start();
  api.routes['GET /api/mailboxes'] = () => {
    office.child.stdout?.destroy();
    return { body: { items: Array.from({ length: 2000 }, () => aMailbox()), next: null } };
  };
  const env = { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' };
  const office = new OfficeProcess(['mailboxes'], { cwd: folder, env });
  const { code, err } = await office.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await api.stop();
});
