import { spokenWords } from './spoken-words';

test.each([
  ['Find the E-mails, please!', ['find', 'the', 'e', 'mails', 'please']],
  ["What's O’Neill’s", ["what's", "o'neill's"]],
  ['Іван Петренко', ['ivan', 'petrenko']],
  ['Щербак-Зоря', ['shcherbak', 'zoria']],
  ['Єлизавета Юрій Яків Їжак йод', ['yelyzaveta', 'yurii', 'yakiv', 'yizhak', 'yod']],
  ['Згурський П’ятничук Ґалаґан', ['zghurskyi', 'piatnychuk', 'galagan']],
  ['Алёна Эдуард Объект Чайковский', ['aliona', 'eduard', 'obekt', 'chaikovskyi']],
  ['Žižek Łódź Müller Søren', ['zizek', 'lodz', 'muller', 'soren']],
  ['invoice №42 for 100 €', ['invoice', 'for']],
  ['李明 😀 \ud800', []],
  ['', []],
  [`a ${'x'.repeat(31)} b`, ['a', 'b']],
])('%j', (text, words) => {
  expect(spokenWords(text)).toEqual(words);
});
