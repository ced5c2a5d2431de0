import { link, rename, unlink, utimes } from 'node:fs/promises';
import type { MailRef, MailStore } from '../mail-store';
import { TemporaryMaildir } from '../testing/temporary-maildir';
import { openMaildir } from './maildir';

let maildir: TemporaryMaildir;
let store: MailStore;
beforeEach(async () => {
  maildir = await TemporaryMaildir.make();
  store = await openMaildir(maildir.root);
});
afterEach(() => maildir.remove());

const ref: MailRef = { key: 'x', folder: 'INBOX', name: 'cur/x:2,S', flags: 'S' };
const asNew: MailRef = { key: 'x', folder: 'INBOX', name: 'new/x', flags: '' };

describe('a move', () => {
  test.each([
    ['cur/x:2,S', ref],
    ['new/x', asNew],
  ])('keeps the flags and whether the mail is new: %s', async (name, of) => {
    await maildir.put(name, 'the mail');
    expect(await store.move(of, 'Lists/Linux')).toEqual({ outcome: 'moved', ref: { ...of, folder: 'Lists/Linux' } });
    expect(await maildir.files()).toEqual([`.Lists.Linux/${name}`]);
    expect(await maildir.content(`.Lists.Linux/${name}`)).toBe('the mail');
    expect(await maildir.content('.Lists.Linux/maildirfolder')).toBe('');
  });

  test('done again finds its work done', async () => {
    await maildir.put('cur/x:2,S');
    await store.move(ref, 'Lists');
    expect(await store.move(ref, 'Lists')).toEqual({ outcome: 'already_there', ref: { ...ref, folder: 'Lists' } });
    expect(await store.move({ ...ref, folder: 'Lists' }, 'Lists')).toMatchObject({ outcome: 'already_there' });
    expect(await maildir.files()).toEqual(['.Lists/cur/x:2,S']);
  });

  test('can be taken back', async () => {
    await maildir.put('cur/x:2,S');
    await store.move(ref, 'Lists');
    expect(await store.move({ ...ref, folder: 'Lists' }, 'INBOX')).toEqual({ outcome: 'moved', ref });
    expect(await maildir.files()).toEqual(['cur/x:2,S']);
  });

  test('finds a mail whose flags have changed, and keeps the new ones', async () => {
    await maildir.put('cur/x:2,RS');
    expect(await store.move(asNew, 'Lists')).toMatchObject({
      outcome: 'moved',
      ref: { name: 'cur/x:2,RS', flags: 'RS' },
    });
    expect(await maildir.files()).toEqual(['.Lists/cur/x:2,RS']);
  });

  test('leaves a mail alone that somebody has moved elsewhere, and says where it is', async () => {
    await maildir.folder('.Archive');
    await maildir.put('.Archive/cur/x:2,S');
    expect(await store.move(ref, 'Lists')).toEqual({ outcome: 'gone', foundIn: 'Archive' });
    expect(await store.move({ ...ref, folder: 'Sent' }, 'Lists')).toEqual({ outcome: 'gone', foundIn: 'Archive' });
    expect(await maildir.files()).toEqual(['.Archive/cur/x:2,S']);
  });

  test('of a deleted mail', async () => {
    expect(await store.move(ref, 'Lists')).toEqual({ outcome: 'gone', foundIn: null });
  });

  test.each(['.Lists/cur/x:2,S', '.Lists/cur/x:2,F', '.Lists/new/x'])(
    'never overwrites another mail of its name: %s',
    async (other) => {
      await maildir.put('cur/x:2,S', 'one');
      await maildir.folder('.Lists');
      await maildir.put(other, 'another');
      expect(await store.move(ref, 'Lists')).toMatchObject({ outcome: 'conflict' });
      expect(await maildir.content('cur/x:2,S')).toBe('one');
      expect(await maildir.content(other)).toBe('another');
    },
  );

  test('takes only the mail that the key means when two have its name', async () => {
    await maildir.folder('.Archive');
    await maildir.put('.Archive/cur/x:2,', 'one');
    await maildir.put('cur/x:2,S', 'other');
    for (const mail of (await store.scan(null)).mails) await store.move(mail, mail.folder === 'INBOX' ? 'B' : 'A');
    expect(await maildir.files()).toEqual(['.A/cur/x:2,', '.B/cur/x:2,S']);
    expect(await maildir.content('.A/cur/x:2,')).toBe('one');
  });

  test.each(['..', '../../etc', 'a/../b', '', 'a\0b', '/etc'])('into %j is refused', async (folder) => {
    await maildir.put('cur/x:2,S');
    await expect(store.move(ref, folder)).rejects.toMatchObject({ code: 'FOLDER_NAME_INVALID' });
  });

  test('uses a folder that the mail server named in UTF-8', async () => {
    await maildir.put('cur/x:2,S');
    await maildir.folder('.Чеки');
    await store.move(ref, 'Чеки');
    expect(await maildir.files()).toEqual(['.Чеки/cur/x:2,S']);
  });

  test('of a name with no room for the name it is let go under is refused before anything is done', async () => {
    const unique = 'x'.repeat(250);
    await maildir.put(`new/${unique}`);
    const long = { key: unique, folder: 'INBOX', name: `new/${unique}`, flags: '' };
    await expect(store.move(long, 'Lists')).rejects.toMatchObject({ code: 'MOVE_IMPOSSIBLE' });
    expect(await maildir.files()).toEqual([`new/${unique}`]);
  });
});

describe('a move that was interrupted', () => {
  test.each([
    ['after the link', 'cur/x:2,S', '.Lists/cur/x:2,S'],
    ['after the link, and then the mail was read', 'new/x', '.Lists/cur/x:2,S'],
    ['while it let go of the old name', 'cur/x:1,S-0a1b2c3d', '.Lists/cur/x:2,S'],
  ])('%s is finished by doing it again', async (_, source, target) => {
    await maildir.put(source, 'the mail');
    await maildir.folder('.Lists');
    await maildir.link(source, target);
    expect(await store.move(ref, 'Lists')).toMatchObject({ outcome: 'moved' });
    expect(await maildir.files()).toEqual([target]);
  });

  test('of a move back whose mover may still take its name away: the mail gets a name that nobody takes', async () => {
    await maildir.put('cur/x:2,S', 'the mail');
    await maildir.folder('.Lists');
    await maildir.link('cur/x:2,S', '.Lists/cur/x:1,S-0a1b2c3d');
    expect(await store.move(ref, 'Lists')).toMatchObject({ outcome: 'moved' });
    expect(await maildir.files()).toEqual(['.Lists/cur/x:2,S']);
  });

  test('and left only the name it lets go of still has its mail, with its flags', async () => {
    await maildir.put('cur/x:1,S-0a1b2c3d', 'the mail');
    expect((await store.scan(null)).mails).toMatchObject([{ key: 'x', flags: 'S' }]);
    expect(Buffer.from(await store.read(ref)).toString()).toBe('the mail');
    expect(await store.move(ref, 'Lists')).toMatchObject({ outcome: 'moved', ref: { flags: 'S' } });
    expect(await maildir.files()).toEqual(['.Lists/cur/x:2,S']);
  });

  test('while it made the folder', async () => {
    await maildir.put('cur/x:2,S');
    await maildir.folder('.Lists');
    await maildir.put('.Lists/new/y');
    await unlink(maildir.path('.Lists/new/y'));
    await rename(maildir.path('.Lists/cur'), maildir.path('.Lists/tmp/gone'));
    expect(await store.move(ref, 'Lists')).toMatchObject({ outcome: 'moved' });
  });
});

describe('others at work at the same time', () => {
  test('a move and its undoing finish each other’s leftovers and keep the mail', async () => {
    const back = await openMaildir(maildir.root);
    for (let round = 0; round < 30; round += 1) {
      await maildir.put('cur/x:2,S', 'the mail');
      await maildir.folder('.Lists');
      await maildir.link('cur/x:2,S', '.Lists/cur/x:2,S');
      await Promise.all([store.move(ref, 'Lists'), back.move({ ...ref, folder: 'Lists' }, 'INBOX')]);
      const files = await maildir.files();
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) expect(await maildir.content(file)).toBe('the mail');
      for (const file of files) await unlink(maildir.path(file));
    }
  });

  test('two stores move the same mails to the same folder', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `x${index}`);
    for (const name of names) await maildir.put(`cur/${name}:2,S`, name);
    const stores = [store, await openMaildir(maildir.root)];
    const moves = names.flatMap((key) =>
      stores.map((each) => each.move({ key, folder: 'INBOX', name: `cur/${key}:2,S`, flags: 'S' }, 'Lists')),
    );
    const outcomes = (await Promise.all(moves)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome !== 'moved' && outcome !== 'already_there')).toEqual([]);
    expect(await maildir.files()).toEqual(names.map((name) => `.Lists/cur/${name}:2,S`).sort());
  });

  test('two stores move the same mails to different folders: each mail stays in one place', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `x${index}`);
    for (const name of names) await maildir.put(`cur/${name}:2,S`, name);
    const other = await openMaildir(maildir.root);
    await Promise.all(
      names.flatMap((key) => {
        const mail = { key, folder: 'INBOX', name: `cur/${key}:2,S`, flags: 'S' };
        return [store.move(mail, 'A'), other.move(mail, 'B')];
      }),
    );
    // Whoever loses the race may leave a mail in both folders, but nobody may lose it.
    const found = (await store.scan(null)).mails.map(({ key }) => key).sort();
    expect(found).toEqual([...names].sort());
  });

  test('a mover that was stopped and wakes after the mail was moved back does not take its last name away', async () => {
    await maildir.put('cur/x:2,S', 'the mail');
    const second = await openMaildir(maildir.root);
    const sleepy = await openMaildir(maildir.root, {
      link: async (existing, created) => {
        await link(existing, created);
        await second.move(ref, 'Lists');
        await second.move({ ...ref, folder: 'Lists' }, 'INBOX');
      },
    });
    expect(await sleepy.move(ref, 'Lists')).toEqual({ outcome: 'gone', foundIn: 'INBOX' });
    expect(await maildir.files()).toEqual(['cur/x:2,S']);
    expect(await maildir.content('cur/x:2,S')).toBe('the mail');
  });

  test('a reader marks the mail while it is moved: the mark is kept', async () => {
    await maildir.put('cur/x:2,', 'the mail');
    let marked = false;
    const marking = await openMaildir(maildir.root, {
      link: async (existing, created) => {
        await link(existing, created);
        if (!marked) await maildir.rename('cur/x:2,', 'cur/x:2,FS');
        marked = true;
      },
    });
    expect(await marking.move({ ...ref, name: 'cur/x:2,' }, 'Lists')).toMatchObject({ outcome: 'moved' });
    expect(await maildir.files()).toEqual(['.Lists/cur/x:2,FS']);
  });

  test('a reader exchanges the file for another one of the same name: that one survives', async () => {
    await maildir.put('cur/x:2,S', 'the mail');
    const exchanging = await openMaildir(maildir.root, {
      link: async (existing, created) => {
        await link(existing, created);
        await maildir.put('tmp/other', 'another');
        await maildir.rename('tmp/other', 'cur/x:2,S');
      },
    });
    await exchanging.move(ref, 'Lists');
    const contents = await Promise.all((await maildir.files()).map((name) => maildir.content(name)));
    expect(contents.sort()).toEqual(['another', 'the mail']);
  });

  test('a mail that is renamed again and again is given up for now', async () => {
    await maildir.put('cur/x:2,S', 'the mail');
    const busy = await openMaildir(maildir.root, {
      link: () => Promise.reject(Object.assign(new Error('gone again'), { code: 'ENOENT' })),
    });
    await expect(busy.move(ref, 'Lists')).rejects.toMatchObject({ code: 'MAIL_BUSY' });
    expect(await maildir.files()).toEqual(['cur/x:2,S']);
  });
});

describe('on a file system without hard links', () => {
  const open = () =>
    openMaildir(maildir.root, {
      link: () => Promise.reject(Object.assign(new Error('no hard links here'), { code: 'EPERM' })),
    });

  test('a mail is moved all the same', async () => {
    await maildir.put('cur/x:2,S', 'the mail');
    expect(await (await open()).move(ref, 'Lists')).toMatchObject({ outcome: 'moved' });
    expect(await maildir.files()).toEqual(['.Lists/cur/x:2,S']);
    expect(await maildir.content('.Lists/cur/x:2,S')).toBe('the mail');
  });

  test('another mail of its name that nobody knew of is not overwritten', async () => {
    await maildir.put('cur/x:2,S', 'one');
    await maildir.folder('.Lists');
    const late = await openMaildir(maildir.root, {
      link: async () => {
        await maildir.put('.Lists/cur/x:2,S', 'another');
        throw Object.assign(new Error('no hard links here'), { code: 'EPERM' });
      },
    });
    expect(await late.move(ref, 'Lists')).toMatchObject({ outcome: 'conflict' });
    expect(await maildir.content('.Lists/cur/x:2,S')).toBe('another');
    expect(await maildir.content('cur/x:2,S')).toBe('one');
  });

  test('the empty file of a move that died is replaced once it is old', async () => {
    await maildir.put('cur/x:2,S', 'the mail');
    await maildir.folder('.Lists');
    const dying = await openMaildir(maildir.root, {
      link: async (_, created) => {
        await maildir.put('.Lists/cur/x:2,S', '');
        throw Object.assign(new Error(created), { code: 'EPERM' });
      },
    });
    await expect(dying.move(ref, 'Lists')).rejects.toMatchObject({ code: 'MAIL_BUSY' });
    await utimes(maildir.path('.Lists/cur/x:2,S'), 0, 0);
    expect(await (await open()).move(ref, 'Lists')).toMatchObject({ outcome: 'moved' });
    expect(await maildir.content('.Lists/cur/x:2,S')).toBe('the mail');
    expect(await maildir.files()).toEqual(['.Lists/cur/x:2,S']);
  });
});
