import fc from 'fast-check';
import { consonantsOf, MAX_KEY, nameWords, soundKeys } from './sound-keys';

const keysOf = (name: string): string[] => nameWords(name, 10).flatMap(soundKeys);

test.each([
  ['shevchenko', 'Шевченко Shevchenko Szewczenko Schewtschenko Ševčenko'],
  ['ivan', 'Іван Иван Ivan Iwan Yvan Íván'],
  ['iuri', 'Юрій Юрий Yurii Yuriy Iurii Jurij Yuri Juri'],
  ['iulia', 'Юлія Юлия Юля Yuliia Yulia Julia Julija Iuliia'],
  ['maria', 'Марія Мария Mariia Maria Mariya Marija'],
  ['zelenski', 'Зеленський Зеленский Zelenskyi Zelenskyy Zelensky Zelenskiy Zelenskij Zelenski'],
  ['zelenska', 'Зеленська Зеленская Zelenska Zelenskaya Zelenskaja'],
  ['evgen', 'Yevgen Ievgen Evgen Jevgen'],
  ['shchigol', 'Shchygol Schtschygol Szczygol'],
  ['zhanna', 'Жанна Zhanna Żanna Žanna'],
  ['oleksandr', 'Олександр Oleksandr Olexandr'],
  ['kravets', 'Кравець Кравец Kravets Kravetz Krawetz'],
  ['kolomets', 'Коломієць Kolomiiets Kolomiyets'],
  ['filip', 'Філіп Filip Philip Phillip Filipp'],
  ['tomas', 'Томас Thomas Tomas'],
  ['shmidt', 'Шмідт Schmidt'],
  ['maks', 'Макс Max Maks Macks'],
  ['kristina', 'Кристина Крістіна Kristina Christina'],
  ['viacheslav', "В’ячеслав В'ячеслав Вячеслав Viacheslav Vyacheslav Wjatscheslaw"],
  ['stasi', 'Stacy Stacie Stacey'],
])('%s: %s', (key, names) => {
  for (const name of names.split(' ')) expect([name, ...keysOf(name)]).toEqual([name, key]);
});

test('a Cyrillic word has the spellings of both alphabets', () => {
  expect(keysOf('Сергій')).toEqual(['serhi', 'sergi']);
  expect(keysOf('Глухов')).toEqual(['hlukhov', 'glukhov', 'gluhov']);
  expect(keysOf('Лях')).toEqual(['liakh']);
});

test('a word in another script is its own key', () => {
  expect(keysOf('山田 Γιώργος')).toEqual(['山田', 'γιώργοσ']);
});

test.each([
  ['Іван', 'Іванна'],
  ['Олександр', 'Олександра'],
  ['Марія', 'Марина'],
  ['Юрій', 'Юлія'],
  ['Лях', 'Лія'],
  ['Harry', 'Gary'],
  ['Анна', 'Яна'],
])('%s and %s have no key in common', (one, other) => {
  expect(keysOf(one).filter((key) => keysOf(other).includes(key))).toEqual([]);
});

test.each([
  ['ptrnk', 'petrenko petrenka petranko betrenko'],
  ['sfsnk', 'shevchenko shefchenka'],
  ['fn', 'ivan evan'],
  ['', 'iia ann olia 山田太郎 privat24'],
])('misheard, %s stands for %s', (consonants, keys) => {
  for (const key of keys.split(' ')) expect([key, consonantsOf(key)]).toEqual([key, consonants]);
});

const anyWord = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъў')), maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz')), maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...Array.from('sczhtkpirjyenxw')), maxLength: 15 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

test('a key is its own key, and bounded', () => {
  fc.assert(
    fc.property(anyWord, (word) => {
      for (const key of nameWords(word, 5).flatMap(soundKeys)) {
        expect(soundKeys(key)).toEqual([key]);
        expect(key.length).toBeLessThanOrEqual(MAX_KEY);
        expect(key.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 5_000 },
  );
});

test('what is written in capitals, or decomposed, sounds the same', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('абвгґдеєжиіїйклсхцчшщьюяaščžei')), maxLength: 20 }),
      (word) => {
        expect(keysOf(word.toUpperCase())).toEqual(keysOf(word));
        expect(keysOf(word.normalize('NFD'))).toEqual(keysOf(word));
      },
    ),
  );
});
