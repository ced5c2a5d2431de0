import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Said } from '../testing/said';
import { type Installer, missingOf, type Program, provide } from './programs';

describe('programs that are no servers', () => {
  let folder: string;
  let said: Said;
  const signal = new AbortController().signal;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'programs-'));
    mkdirSync(join(folder, 'bin'));
    said = new Said();
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const model = (): Program => ({ package: 'voice-model', has: join(folder, 'model'), without: 'nobody is heard' });
  const add = (path: string) => {
    writeFileSync(join(folder, path), '');
    chmodSync(join(folder, path), 0o755);
  };

  /** Installs a package by making its file. */
  class Shelf implements Installer {
    readonly asked: (readonly string[])[] = [];

    constructor(
      private readonly effect: () => void,
      readonly obstacle: Installer['obstacle'] = () => undefined,
    ) {}

    readonly install: Installer['install'] = async (missing) => {
      this.asked.push(await missing());
      this.effect();
      return true;
    };
  }

  test('a program is looked for in PATH, a file where it is', () => {
    const program: Program = { package: 'talker', has: 'talk', without: 'nobody talks' };
    const path = `/nowhere:${join(folder, 'bin')}`;
    expect(missingOf([program, model()], path)).toEqual([program, model()]);
    add('bin/talk');
    add('model');
    expect(missingOf([program, model()], path)).toEqual([]);
    expect(missingOf([program], '/nowhere')).toEqual([program]);
  });

  test('what lies elsewhere in each release is found by who knows where', () => {
    const program: Program = {
      package: 'voice',
      has: () => existsSync(join(folder, 'model')),
      without: 'nobody talks',
    };
    expect(missingOf([program])).toEqual([program]);
    add('model');
    expect(missingOf([program])).toEqual([]);
  });

  test('what is missing is installed once, and nothing is asked for or said when all is there', async () => {
    const shelf = new Shelf(() => add('model'));
    await provide([model()], { say: said.say, signal }, shelf);
    await provide([model()], { say: said.say, signal }, shelf);
    expect(shelf.asked).toEqual([['voice-model']]);
    expect(said.lines).toEqual([]);
  });

  test('what cannot be installed is said, with what it is for and what to do', async () => {
    const shelf = new Shelf(
      () => undefined,
      () => 'apt would need root',
    );
    await provide([model()], { say: said.say, signal }, shelf);
    expect(shelf.asked).toEqual([]);
    expect(said.lines).toEqual([
      'voice-model is not installed: without it nobody is heard',
      '  they are not installed here, as apt would need root; by hand: apt-get install voice-model',
    ]);
  });

  test('an apt that fails stops nothing', async () => {
    const shelf = new Shelf(() => {
      throw new Error('no network');
    });
    await provide([model()], { say: said.say, signal }, shelf);
    expect(said.lines.at(-1)).toContain('as no network; by hand');
  });

  test('whoever is interrupted does not go on', async () => {
    const interrupted = AbortSignal.abort(new Error('Ctrl-C'));
    const shelf = new Shelf(() => interrupted.throwIfAborted());
    await expect(provide([model()], { say: said.say, signal: interrupted }, shelf)).rejects.toThrow('Ctrl-C');
  });
});
