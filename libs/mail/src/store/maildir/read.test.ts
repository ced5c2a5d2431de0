import { spawnSync } from 'node:child_process';
import { symlink, truncate, unlink } from 'node:fs/promises';
import type { MailRef, MailStore } from '../mail-store';
import { TemporaryMaildir } from '../testing/temporary-maildir';
import { openMaildir } from './maildir';
import { MAX_MAIL_BYTES } from './read';

let maildir: TemporaryMaildir;
let store: MailStore;
beforeEach(async () => {
  maildir = await TemporaryMaildir.make();
  store = await openMaildir(maildir.root);
});
afterEach(() => maildir.remove());

const ref: MailRef = { key: 'x', folder: 'INBOX', name: 'new/x', flags: '' };
const text = async (of: MailRef): Promise<string> => Buffer.from(await store.read(of)).toString();

test('reads the bytes of a mail', async () => {
  await maildir.put('new/x', 'Subject: caf\u00e9\n\n');
  expect(await text(ref)).toBe('Subject: caf\u00e9\n\n');
});

test.each(['cur/x:2,S', '.Archive/cur/x:2,RS', '.Archive/new/x'])('finds the mail that is %s by now', async (name) => {
  await maildir.folder('.Archive');
  await store.scan(null);
  await maildir.put(name, 'here');
  expect(await text(ref)).toBe('here');
});

test('two mails with one name are not taken for each other', async () => {
  await maildir.folder('.Archive');
  await maildir.put('.Archive/cur/x:2,', 'one');
  await maildir.put('new/x', 'other');
  const { mails } = await store.scan(null);
  const contents = await Promise.all(mails.map(async (mail) => [mail.folder, await text(mail)]));
  expect(Object.fromEntries(contents)).toEqual({ Archive: 'one', INBOX: 'other' });
  const second = mails.find(({ key }) => key !== 'x');
  if (!second) throw new Error('the second mail has no key of its own');
  await unlink(maildir.path(second.folder === 'INBOX' ? '' : '.Archive', second.name));
  await expect(store.read(second)).rejects.toMatchObject({ code: 'MAIL_GONE' });
});

test('a mail is found where it went, although another one of its name took its place', async () => {
  await maildir.folder('.Archive');
  await maildir.put('.Archive/cur/x:2,', 'one');
  await maildir.put('new/x', 'other');
  const { mails } = await store.scan(null);
  const second = mails.find(({ key }) => key !== 'x');
  if (!second) throw new Error('the second mail has no key of its own');
  const [here, there] = second.folder === 'INBOX' ? ['new/x', '.Archive/cur/x:2,'] : ['.Archive/cur/x:2,', 'new/x'];
  const content = await maildir.content(here);
  await maildir.rename(here, '.Archive/new/x');
  await maildir.rename(there, here);
  expect(await text(second)).toBe(content);
});

test('a mail that has gone', async () => {
  await expect(store.read(ref)).rejects.toMatchObject({ code: 'MAIL_GONE' });
});

test('a mail that is too large', async () => {
  await maildir.put('new/x', '');
  await truncate(maildir.path('new/x'), MAX_MAIL_BYTES + 1);
  await expect(store.read(ref)).rejects.toMatchObject({ code: 'MAIL_TOO_LARGE' });
});

test('neither follows a link nor waits for a pipe', async () => {
  await symlink('/etc/hostname', maildir.path('new/x'));
  await expect(store.read(ref)).rejects.toMatchObject({ code: 'MAIL_UNREADABLE' });
  await unlink(maildir.path('new/x'));
  spawnSync('mkfifo', [maildir.path('new/x')]);
  await expect(store.read(ref)).rejects.toMatchObject({ code: 'MAIL_UNREADABLE' });
});

test.each([
  { ...ref, name: 'cur/../../../etc/hostname' },
  { ...ref, name: 'cur/..' },
  { ...ref, name: 'tmp/x' },
  { ...ref, name: 'cur/y:2,' },
  { ...ref, name: 'new/x\0' },
])('the reference $name leads nowhere', async (lying) => {
  await expect(store.read(lying)).rejects.toMatchObject({ code: 'MAIL_REF_INVALID' });
  await expect(store.move(lying, 'Lists')).rejects.toMatchObject({ code: 'MAIL_REF_INVALID' });
});
