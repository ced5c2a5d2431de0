import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aMailbox, aTask } from './testing/documents';
import { PlayedApi } from './testing/played-api';
import { OfficeProcess } from './testing/program';
import { version } from './version';

let folder: string;
let api: PlayedApi;
beforeAll(async () => {
  api = await PlayedApi.start();
  folder = mkdtempSync(join(tmpdir(), 'office-bin-'));
  for (const part of ['new', 'cur']) mkdirSync(join(folder, 'Maildir', part), { recursive: true });
  // Of the folder that the user is in, and no business of ours.
  const paths = { commander: ['./other.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths } }));
  writeFileSync(join(folder, 'other.ts'), 'throw new Error("not ours")');
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) =>
  new OfficeProcess(args, { cwd: folder, env: { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' } });

test('runs from its source in any folder', async () => {
  expect(await run('--version').ended).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s leaves the sort to the background', async (signal, code) => {
  const task = aTask({});
  api.routes['POST /api/mailboxes'] = { body: aMailbox() };
  api.routes['POST /api/tasks/background_sort'] = { status: 202, body: task };
  api.routes[`GET /api/tasks/${task.id}`] = () => {
    office.child.kill(signal);
    return { body: task };
  };
  const office = run('sort', 'Maildir');
  const ended = await office.ended;
  expect(ended).toMatchObject({ code, out: '' });
  expect(ended.err).toContain(`office tasks show ${task.id}`);
});

test('whoever stops reading ends it without a word', async () => {
  api.routes['GET /api/mailboxes'] = () => {
    office.child.stdout?.destroy();
    return { body: { items: Array.from({ length: 2000 }, () => aMailbox()), next: null } };
  };
  const office = run('mailboxes');
  expect(await office.ended).toMatchObject({ code: 0, err: '' });
});
