import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildVocabulary, spell, type Vocabulary } from './vocabulary';

describe('what pocketsphinx listens for', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vocabulary-'));
    writeFileSync(
      join(folder, 'cmudict'),
      'find F AY N D\nfrom F R AH M\nivan AY V AH N\nmail M EY L\nread R EH D\nread(2) R IY D\nunused Y UW',
    );
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const build = (sentences: string[], names: string[] = []): Promise<Vocabulary> =>
    buildVocabulary({ sentences, names }, join(folder, 'cmudict'));

  test('the dictionary has just the words that may occur, with all their pronunciations', async () => {
    const { dictionary } = await build(['find mail', 'read mail']);
    expect(dictionary.trim().split('\n').sort()).toEqual([
      'find F AY N D',
      'mail M EY L',
      'read R EH D',
      'read(2) R IY D',
    ]);
  });

  test('a name is also pronounced by rule, and a word that the dictionary lacks only so', async () => {
    const { dictionary } = await build(['mail from Ivan', 'find github'], ['Ivan']);
    expect(dictionary).toContain('ivan AY V AH N\nivan(2) IY V AA N\n');
    expect(dictionary).toMatch(/^github G IY T/m);
    expect(dictionary).not.toContain('find(2)');
  });

  test('each word of the language model is in the dictionary', async () => {
    const { dictionary, languageModel } = await build(['Find mail № 7 from 李', '—', 'from Îvan'], ['Петро', '😀', '']);
    const known = new Set(dictionary.split('\n').map((line) => line.split(' ')[0]));
    const modelled = languageModel.split('\n').flatMap((line) => line.split('\t')[1]?.split(' ') ?? []);
    expect(modelled.filter((word) => !known.has(word) && !/^<\/?s>$/.test(word))).toEqual([]);
    expect(known).toContain('petro');
  });

  test('words are given back as they are mostly written, and Cyrillic ones in Latin letters', async () => {
    const vocabulary = await build(
      ['mail from Ivan', 'Mail from IVAN', 'mail from Ivan'],
      ['Олена', 'Müller', 'van Dyk'],
    );
    expect(spell('mail from ivan olena muller van dyk unheard', vocabulary)).toBe(
      'mail from Ivan Olena Muller van Dyk unheard',
    );
  });

  test('nothing that could be said is an empty dictionary', async () => {
    expect((await build(['李明', '123'], ['😀'])).dictionary.trim()).toBe('');
    expect((await build([])).dictionary.trim()).toBe('');
  });
});
