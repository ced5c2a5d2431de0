import { access, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MailRef } from '../mail-store';
import { TemporaryMaildir } from '../testing/temporary-maildir';
import { openMaildir } from './maildir';

let folder: string;
let within: string;
let maildir: TemporaryMaildir;
let elsewhere: TemporaryMaildir;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confined-'));
  within = join(folder, 'mail');
  maildir = new TemporaryMaildir(join(within, 'mine'));
  elsewhere = new TemporaryMaildir(join(folder, 'elsewhere'));
  for (const one of [maildir, elsewhere]) {
    await one.folder('');
    await one.put('cur/1.host:2,S');
  }
});
afterEach(() => rm(folder, { recursive: true }));

const refOf = (key: string, inFolder = 'INBOX'): MailRef => ({
  key,
  folder: inFolder,
  name: `cur/${key}:2,S`,
  flags: 'S',
});
const outside = { code: 'MAILBOX_OUTSIDE_ROOT' };
const open = (path: string) => openMaildir(path, { within });

describe('the path of a mailbox', () => {
  test.each([
    ['another folder', () => elsewhere.root],
    ['.. in the middle', () => `${within}/../elsewhere`],
    ['.. at the end', () => `${within}/mine/../..`],
    ['a name that only begins like it', () => `${within}-of-others`],
    ['what is not there', () => join(folder, 'nowhere')],
    ['the root of everything', () => '/'],
  ])('%s is refused', async (_, path) => {
    await new TemporaryMaildir(`${within}-of-others`).folder('');
    await expect(open(path())).rejects.toMatchObject(outside);
  });

  test.each([
    ['a symbolic link', () => symlink(elsewhere.root, join(within, 'link')), 'link'],
    ['a link in the middle', () => symlink(folder, join(within, 'link')), 'link/elsewhere'],
    ['a link with a slash', () => symlink('../elsewhere', join(within, 'link')), 'link/'],
    ['a link with a dot', () => symlink('../elsewhere', join(within, 'link')), 'link/.'],
  ])('%s that leads out is refused', async (_, make, path) => {
    await make();
    await expect(open(`${within}/${path}`)).rejects.toMatchObject(outside);
  });

  test('what is inside is opened, however it is written', async () => {
    await symlink(maildir.root, join(within, 'link'));
    for (const path of ['mine', 'mine/', './mine', 'mine/../mine', 'link']) {
      const { mails } = await (await open(`${within}/${path}`)).scan(null);
      expect(mails.map(({ key }) => key)).toEqual(['1.host']);
    }
  });

  test('the folder that mailboxes must be in may itself be a link', async () => {
    const link = join(folder, 'link');
    await symlink(within, link);
    const store = await openMaildir(join(link, 'mine'), { within: link });
    expect((await store.scan(null)).mails).toHaveLength(1);
  });

  test('without such a folder anything is opened', async () => {
    await symlink(elsewhere.root, join(within, 'link'));
    expect((await (await openMaildir(join(within, 'link'))).scan(null)).mails).toHaveLength(1);
  });

  test('a loop of links is no mailbox', async () => {
    await symlink('loop', join(within, 'loop'));
    await expect(open(join(within, 'loop'))).rejects.toMatchObject({ code: 'MAILBOX_NOT_FOUND' });
  });
});

describe('a folder of a mailbox', () => {
  test('is passed over when it leads out of it', async () => {
    await symlink(elsewhere.root, maildir.path('.Whole'));
    await mkdir(maildir.path('.Part'));
    await mkdir(maildir.path('.Part', 'new'));
    await symlink(elsewhere.path('cur'), maildir.path('.Part', 'cur'));
    const { mails, skipped } = await (await open(maildir.root)).scan(null);
    expect(mails.map(({ folder: at }) => at)).toEqual(['INBOX']);
    expect(skipped.map(({ path }) => path)).toEqual(['.Part', '.Whole']);
  });

  test('is not read from, moved from or moved into when it leads out of it', async () => {
    await elsewhere.put('cur/2.host:2,S');
    const store = await open(maildir.root);
    await symlink(elsewhere.root, maildir.path('.Out'));
    await expect(store.read(refOf('2.host', 'Out'))).rejects.toMatchObject(outside);
    await expect(store.move(refOf('2.host', 'Out'), 'INBOX')).rejects.toMatchObject(outside);
    await expect(store.move(refOf('1.host'), 'Out')).rejects.toMatchObject(outside);
    expect(await elsewhere.files()).toEqual(['cur/1.host:2,S', 'cur/2.host:2,S']);
    expect(await maildir.files()).toEqual(['cur/1.host:2,S']);
  });

  test('of another mailbox is another mailbox', async () => {
    const other = new TemporaryMaildir(join(within, 'other'));
    await other.folder('');
    await symlink(other.root, maildir.path('.Other'));
    const store = await open(maildir.root);
    await expect(store.move(refOf('1.host'), 'Other')).rejects.toMatchObject(outside);
  });

  test.each(['new', 'cur'])('a link that is put in the place of the inbox’s %s is noticed', async (part) => {
    const store = await open(maildir.root);
    await rename(maildir.path(part), maildir.path(`former-${part}`));
    await symlink(elsewhere.path(part), maildir.path(part));
    await expect(store.scan(null)).rejects.toMatchObject(outside);
    await expect(store.read(refOf('1.host'))).rejects.toMatchObject(outside);
    await expect(store.move(refOf('1.host'), 'Shop')).rejects.toMatchObject(outside);
  });

  test('a link that is put in the place of the mailbox is noticed', async () => {
    const store = await open(maildir.root);
    await rename(maildir.root, join(within, 'former'));
    await symlink(elsewhere.root, maildir.root);
    await expect(store.scan(null)).rejects.toMatchObject(outside);
    await expect(store.read(refOf('1.host'))).rejects.toMatchObject(outside);
    await expect(store.move(refOf('1.host'), 'Shop')).rejects.toMatchObject(outside);
    expect(await elsewhere.files()).toEqual(['cur/1.host:2,S']);
  });

  test('is not made where a link that leads nowhere stands', async () => {
    const store = await open(maildir.root);
    await symlink(join(folder, 'later'), maildir.path('.Later'));
    await expect(store.move(refOf('1.host'), 'Later')).rejects.toMatchObject({ code: 'MOVE_IMPOSSIBLE' });
    await expect(access(join(folder, 'later'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a mail that is a link is no mail', async () => {
    await writeFile(join(folder, 'secret'), 'secret');
    await symlink(join(folder, 'secret'), maildir.path('cur', '3.host:2,S'));
    const store = await open(maildir.root);
    expect((await store.scan(null)).mails.map(({ key }) => key)).toEqual(['1.host']);
    await expect(store.read(refOf('3.host'))).rejects.toMatchObject({ code: 'MAIL_UNREADABLE' });
  });
});
