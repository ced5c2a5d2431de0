import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inPrivateFolder, removeAbandonedFolders } from './private-folder';

describe('a private folder', () => {
  let parent: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'private-folder-'));
  });

  afterEach(() => rmSync(parent, { recursive: true }));

  test('is for nobody else, and is gone afterwards with all that is in it', async () => {
    const mode = await inPrivateFolder((folder) => {
      mkdirSync(join(folder, 'deep'));
      writeFileSync(join(folder, 'deep', 'file'), 'x');
      return Promise.resolve(statSync(folder).mode & 0o777);
    }, parent);
    expect(mode).toBe(0o700);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('is gone when the work fails', async () => {
    const work = inPrivateFolder((folder) => {
      writeFileSync(join(folder, 'file'), 'x');
      throw new Error('no');
    }, parent);
    await expect(work).rejects.toThrow('no');
    expect(readdirSync(parent)).toEqual([]);
  });

  test('of a killed process is removed after an hour, and nothing else is', async () => {
    const make = (name: string, minutes: number) => {
      mkdirSync(join(parent, name));
      writeFileSync(join(parent, name, 'recording'), 'x');
      const then = Date.now() / 1_000 - minutes * 60;
      utimesSync(join(parent, name), then, then);
    };
    make('sorting-office-speech-aaaaaa', 61);
    make('sorting-office-speech-bbbbbb', 50);
    make('somebody-elses', 600);
    await removeAbandonedFolders(parent);
    expect(readdirSync(parent).sort()).toEqual(['somebody-elses', 'sorting-office-speech-bbbbbb']);
  });
});
