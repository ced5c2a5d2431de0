import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMaildir } from './maildir-path';

let home: string;
let maildir: string;
beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'office-home-')));
  maildir = join(home, 'Maildir');
  for (const part of ['new', 'cur']) mkdirSync(join(maildir, part), { recursive: true });
  symlinkSync(maildir, join(home, 'link'));
  mkdirSync(join(home, 'empty'));
  writeFileSync(join(home, 'file'), '');
});
afterAll(() => rmSync(home, { recursive: true }));

test.each([
  ['~/Maildir', '/'],
  ['~/Maildir/', '/'],
  ['Maildir', ''],
  ['./empty/../Maildir', ''],
  ['link', ''],
  ['.', 'Maildir'],
  ['~', '/', 'Maildir'],
])('%s in %j is found', async (path, cwd, below = '') => {
  expect(await findMaildir(path, { cwd: join(home, cwd), home: join(home, below) })).toBe(maildir);
});

test.each([
  ['nothing', 'MAILBOX_NOT_FOUND', 'there is nothing at'],
  ['file/below', 'MAILBOX_NOT_FOUND', 'there is nothing at'],
  ['file', 'NOT_A_MAILDIR', 'it has no new and no cur directory'],
  ['empty', 'NOT_A_MAILDIR', 'it has no new and no cur directory'],
  ['~nobody', 'MAILBOX_NOT_FOUND', '~nobody'],
])('%s is refused as %s', async (path, code, message) => {
  const found = findMaildir(path, { cwd: home, home });
  await expect(found).rejects.toMatchObject({ code, exitCode: 2 });
  await expect(found).rejects.toThrow(message);
});
