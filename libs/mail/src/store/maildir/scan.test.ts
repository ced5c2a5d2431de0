import { chmod, mkdir, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailStore, Scan } from '../mail-store';
import { storeCursorSchema } from '../mail-store';
import { TemporaryMaildir } from '../testing/temporary-maildir';
import { openMaildir } from './maildir';

let maildir: TemporaryMaildir;
let store: MailStore;
beforeEach(async () => {
  maildir = await TemporaryMaildir.make();
  store = await openMaildir(maildir.root);
});
afterEach(() => maildir.remove());

const keysOf = (scan: Scan): string[] => scan.mails.map(({ key }) => key).sort();
const keyIn = (scan: Scan, folder: string): string | undefined =>
  scan.mails.find((mail) => mail.folder === folder)?.key;

describe('opening', () => {
  test('says that there is no mailbox', async () => {
    await expect(openMaildir(maildir.path('nowhere'))).rejects.toMatchObject({ code: 'MAILBOX_NOT_FOUND' });
  });
  test('says what is missing from a Maildir', async () => {
    await expect(openMaildir(maildir.path('tmp'))).rejects.toMatchObject({
      code: 'NOT_A_MAILDIR',
      message: expect.stringContaining('no directory new and no cur') as string,
    });
    await maildir.put('file');
    await expect(openMaildir(maildir.path('file'))).rejects.toMatchObject({ code: 'NOT_A_MAILDIR' });
  });
  test('a mailbox that vanishes later is an error, not an empty mailbox', async () => {
    await maildir.remove();
    await expect(store.scan(null)).rejects.toMatchObject({ code: 'MAILBOX_NOT_FOUND' });
  });
});

describe('what is listed', () => {
  test('mails of new/ and cur/ in all folders, not those of tmp/', async () => {
    await maildir.put('new/1.host');
    await maildir.put('cur/2.host,S=30:2,SR');
    await maildir.put('tmp/3.host');
    await maildir.folder('.&BCAEPgQ3BEEEOAQ7BDoEOA-');
    await maildir.put('.&BCAEPgQ3BEEEOAQ7BDoEOA-/cur/4 odd ☕ name:2,');
    const { mails, skipped, folders } = await store.scan(null);
    expect(mails.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: '1.host', folder: 'INBOX', name: 'new/1.host', flags: '' },
      { key: '2.host,S=30', folder: 'INBOX', name: 'cur/2.host,S=30:2,SR', flags: 'RS', size: 30 },
      { key: '4 odd ☕ name', folder: 'Розсилки', name: 'cur/4 odd ☕ name:2,', flags: '' },
    ]);
    expect(skipped).toEqual([]);
    expect(folders.sort()).toEqual(['INBOX', 'Розсилки']);
  });

  test('what is no mail is reported', async () => {
    await maildir.put('cur/.nfs0001');
    await mkdir(maildir.path('cur/directory'));
    await symlink('/etc/hostname', maildir.path('new/link'));
    await writeFile(Buffer.from(join(maildir.root, 'new', 'caf\xe9'), 'latin1'), '');
    await mkdir(maildir.path('.A..B'));
    await mkdir(maildir.path('.Empty'));
    const { mails, skipped } = await store.scan(null);
    expect(mails).toEqual([]);
    expect(skipped.map(({ path, reason }) => `${path}: ${reason}`).sort()).toEqual([
      '.A..B: its name is not one of a Maildir folder',
      'Empty: its mails cannot be listed (ENOENT)',
      'INBOX/cur/.nfs0001: a hidden file',
      'INBOX/cur/directory: not a regular file',
      'INBOX/new/caf\ufffd: its name is not UTF-8',
      'INBOX/new/link: not a regular file',
    ]);
  });

  test('a folder that may not be read is reported, an inbox or a mail that may not be read is an error', async () => {
    await maildir.folder('.Private');
    await maildir.put('new/1.host');
    await chmod(maildir.root, 0o755);
    await chmod(maildir.path('.Private/cur'), 0);
    await chmod(maildir.path('new/1.host'), 0);
    await withoutPrivileges(async () => {
      const { mails, skipped } = await store.scan(null);
      expect(skipped).toEqual([{ path: 'Private', reason: 'its mails cannot be listed (EACCES)' }]);
      for (const mail of mails) await expect(store.read(mail)).rejects.toMatchObject({ code: 'MAIL_UNREADABLE' });
    });
    await chmod(maildir.path('cur'), 0);
    await withoutPrivileges(async () => {
      await expect(store.scan(null)).rejects.toMatchObject({ code: 'MAILBOX_FORBIDDEN' });
    });
    for (const directory of ['cur', '.Private/cur']) await chmod(maildir.path(directory), 0o755);
  });
});

/** Permissions do not hold for root, so a test that runs as root becomes somebody else for a while. */
async function withoutPrivileges(run: () => Promise<void>): Promise<void> {
  const user = process.geteuid?.() ?? 0;
  if (user === 0) process.seteuid?.(NOBODY);
  try {
    await run();
  } finally {
    if (user === 0) process.seteuid?.(user);
  }
}
const NOBODY = 65_534;

describe('the cursor', () => {
  test('only folders that changed are listed again', async () => {
    await maildir.put('cur/1.host:2,');
    await maildir.folder('.Lists');
    await maildir.put('.Lists/cur/2.host:2,');
    await maildir.settle();
    const first = await store.scan(null);
    expect(keysOf(first)).toEqual(['1.host', '2.host']);
    expect(await store.scan(first.cursor)).toMatchObject({ mails: [], folders: [] });

    await maildir.put('.Lists/new/3.host');
    const cursor = storeCursorSchema.parse(JSON.parse(JSON.stringify(first.cursor)));
    const second = await store.scan(cursor);
    expect(keysOf(second)).toEqual(['2.host', '3.host']);
    expect(second.folders).toEqual(['Lists']);
  });

  test('a directory that changed just before the scan counts as changed next time', async () => {
    await maildir.put('new/1.host');
    const first = await store.scan(null);
    expect(keysOf(await store.scan(first.cursor))).toEqual(['1.host']);
  });

  test('a folder that was removed counts as changed', async () => {
    await maildir.folder('.Lists');
    await maildir.settle();
    const { cursor } = await store.scan(null);
    await rm(maildir.path('.Lists'), { recursive: true });
    expect(await store.scan(cursor)).toMatchObject({ mails: [], folders: ['Lists'] });
  });

  test('a cursor of something else is refused', async () => {
    const cursor = { store: 'imap' } as never;
    await expect(store.scan(cursor)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});

describe('keys', () => {
  test('stay the same when flags or folder change', async () => {
    await maildir.put('new/1.host');
    const before = await store.scan(null);
    await maildir.rename('new/1.host', 'cur/1.host:2,RS');
    expect(keysOf(await store.scan(before.cursor))).toEqual(keysOf(before));
    await maildir.folder('.Lists');
    await maildir.rename('cur/1.host:2,RS', '.Lists/cur/1.host:2,RS');
    expect(keysOf(await store.scan(before.cursor))).toEqual(keysOf(before));
  });

  test('of two files with one name stay apart, also after one has gone', async () => {
    await maildir.put('.A/cur/x:2,', 'first');
    await maildir.folder('.A');
    const alone = await store.scan(null);
    expect(keyIn(alone, 'A')).toBe('x');

    await maildir.folder('.B');
    await maildir.put('.B/cur/x:2,S', 'second');
    const both = await store.scan(alone.cursor);
    const second = keyIn(both, 'B');
    expect(keyIn(both, 'A')).toBe('x');
    expect(second).toMatch(/^x\/\d+$/);

    await unlink(maildir.path('.A/cur/x:2,'));
    await maildir.rename('.B/cur/x:2,S', '.A/new/x');
    const left = await store.scan(both.cursor);
    expect(left.mails).toMatchObject([{ key: second, folder: 'A' }]);

    await unlink(maildir.path('.A/new/x'));
    const none = await store.scan(left.cursor);
    expect(none.cursor.shared).toEqual([]);
  });

  test('a mail linked in two folders by an interrupted move is one mail', async () => {
    await maildir.put('cur/x:2,S');
    await maildir.folder('.Lists');
    await maildir.link('cur/x:2,S', '.Lists/cur/x:2,S');
    expect((await store.scan(null)).mails).toMatchObject([{ key: 'x', folder: 'Lists' }]);
  });
});
