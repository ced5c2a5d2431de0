import type { Vocabulary } from './vocabulary';
import { VocabularyCache } from './vocabulary-cache';

const hints = (name: string) => ({ sentences: ['mail from'], names: [name] });
const vocabulary: Vocabulary = { dictionary: '', languageModel: '', spelling: new Map() };

/** A cache, and which names it had to build for. */
function counting(): { cache: VocabularyCache; built: string[] } {
  const built: string[] = [];
  const cache = new VocabularyCache(({ names }) => {
    built.push(...names);
    return Promise.resolve(vocabulary);
  });
  return { cache, built };
}

test('the same hints are built once, also when they are asked for at the same time', async () => {
  const { cache, built } = counting();
  await Promise.all([cache.get(hints('Ivan')), cache.get(hints('Ivan'))]);
  await cache.get(hints('Ivan'));
  await cache.get(hints('Olena'));
  expect(built).toEqual(['Ivan', 'Olena']);
});

test('what is a sentence and what a name makes a difference', async () => {
  const { cache, built } = counting();
  await cache.get({ sentences: ['a', 'b'], names: [] });
  await cache.get({ sentences: ['a'], names: ['b'] });
  expect(built).toEqual(['b']);
});

test('eight are kept: those that were asked for last', async () => {
  const { cache, built } = counting();
  for (const name of '12345678') await cache.get(hints(name));
  await cache.get(hints('1'));
  await cache.get(hints('9'));
  built.length = 0;
  for (const name of '134567892') await cache.get(hints(name));
  expect(built).toEqual(['2']);
});

test('a failure is not kept', async () => {
  let attempt = 0;
  const cache = new VocabularyCache(() =>
    attempt++ === 0 ? Promise.reject(new Error('no')) : Promise.resolve(vocabulary),
  );
  await expect(cache.get(hints('Ivan'))).rejects.toThrow('no');
  expect(await cache.get(hints('Ivan'))).toBe(vocabulary);
});
