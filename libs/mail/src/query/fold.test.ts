import fc from 'fast-check';
import { foldText } from './fold';

test.each([
  ['Hello, World!', 'hello world'],
  ['Crème brûlée — Łódź, Straße, Ørsted', 'creme brulee lodz strasse orsted'],
  ["П’ЯТЬ пʼять п`ять п'ять", 'пять пять пять пять'],
  ["don't O’Brien 'quoted'", 'dont obrien quoted'],
  ['Мій і мий, її і иї', 'мій і мий її і иї'],
  ['за́мок', 'замок'],
  ['ﬁne Ｆｕｌｌ ①', 'fine full 1'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['İstanbul', 'istanbul'],
  ['e-mail: a_b@c.org', 'e mail a b c org'],
  ['ŉ \u0374 a\u0374b', 'n ab'],
  ['   ', ''],
])('%s', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

test('folding twice changes nothing, whichever character is alone or between others', () => {
  const isStable = (text: string) => {
    const folded = foldText(text);
    return foldText(folded) === folded;
  };
  const around = [(one: string) => `${one} `, (one: string) => `a${one}a `, (one: string) => `п${one}я `];
  const unstable: string[] = [];
  // Many at once first, as folding is quick and calling it is not: whoever is among them is looked for only where there is somebody.
  for (let from = 0; from <= 0x10ffff; from += 0x1000) {
    const codes = Array.from({ length: 0x1000 }, (_, index) => String.fromCodePoint(from + index));
    const characters = codes.filter((one) => !/[\p{Cn}\p{Co}]/u.test(one));
    if (around.every((put) => isStable(characters.map(put).join('')))) continue;
    unstable.push(...characters.filter((one) => !around.every((put) => isStable(put(one)))));
  }
  expect(unstable).toEqual([]);
});

test('letters that differ stay different', () => {
  expect(foldText('й')).not.toBe(foldText('и'));
  expect(foldText('ї')).not.toBe(foldText('і'));
  expect(foldText('ґ')).not.toBe(foldText('г'));
});

test('the decomposed form of a letter is the same letter', () => {
  expect(foldText('Київ'.normalize('NFD'))).toBe('київ');
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('й', 'и', '\u0306', '\u0301', 'İ', 'ʼ', "'", 'a', 'Ä', 'ß', 'Σ', ' ', '-', '\ud800'),
    maxLength: 20,
  }),
);

test('folding twice changes nothing, and leaves only words with one space between them', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const folded = foldText(text);
      expect(foldText(folded)).toBe(folded);
      expect(folded).toMatch(/^(?:[\p{L}\p{N}\p{M}]+(?: [\p{L}\p{N}\p{M}]+)*)?$/u);
      expect(folded.isWellFormed()).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
