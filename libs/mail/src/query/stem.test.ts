import fc from 'fast-check';
import { foldText } from './fold';
import { stemWord } from './stem';

test.each([
  'рахунок рахунку рахунка рахунки рахунків рахункам рахунком рахунками рахунках',
  'книга книзі книги книгу книг книгою',
  'київ києва києві києву києвом',
  'львів львова львові',
  'харків харкова харкові',
  'шевченко шевченка шевченку шевченком шевченкові',
  'петренко петренка петренкові петренком',
  'ковальчук ковальчука ковальчуку',
  'зеленський зеленського зеленському',
  'кравець кравця',
  'лист листа листи листів листом',
  'відпустка відпустки відпустку відпусток',
  'зустріч зустрічі зустрічей',
  'договір договору договори договорів договором',
  'день дня дні днів',
  'кіт кота',
  'ніч ночі',
  'платіж платежу платежі',
  'замовлення замовленням замовлень',
  'оплата оплати оплату оплатити',
  'зарплата зарплати зарплату',
  'іван івана іванові івану іваном',
  'марія марії марією марію',
  'олексій олексія олексієм',
  'юрій юрія',
  'ольга ользі ольги ольгу',
  'квиток квитка квитки квитків',
  'будинок будинку',
  'новий нова нове нового новому новим нові нових',
  'український українська українського',
  'звіт звіту звіти',
  'робота роботи роботі роботу робіт',
  'школа школи школі шкіл',
  'конференція конференції конференцію конференцією',
  'пропозиція пропозиції пропозицій',
  'рука руці руки рук',
  'друг друзі друга',
  'сестра сестри сестер',
  'вікно вікна вікон',
  'березень березня березні',
  'квартира квартири квартиру',
  'invoice invoices invoiced',
  'meeting meetings',
  'city cities',
  'run running runs',
  'payment payments',
])('%s are one word', (forms) => {
  const stems = forms.split(' ').map(stemWord);
  expect(new Set(stems).size).toBe(1);
});

test.each([
  ['рахунок', 'рахівник'],
  ['мій', 'мий'],
  ['її', 'іі'],
  ['лист', 'листопад'],
  ['книга', 'казка'],
  ['марія', 'марина'],
  ['юрій', 'юлія'],
  ['квиток', 'квітка'],
  ['школа', 'шкала'],
  ['рік', 'рак'],
  ['гора', 'гра'],
  ['банк', 'банан'],
  ['sort', 'start'],
  ['invoice', 'invite'],
  ['news', 'new year'.split(' ')[1] ?? ''],
  ['universe', 'union'],
])('%s and %s are two', (one, other) => {
  expect(stemWord(one)).not.toBe(stemWord(other));
});

test.each(['a', 'з', 'є', 'k3', '4711', 'covid19', 'ok', 'мi', '日本', 'ая', 'straße'])(
  '%s is its own stem',
  (word) => {
    expect(stemWord(word)).toBe(word);
  },
);

test('any word has one stem, which is no longer than the word, and never nothing', () => {
  const alphabet = Array.from('абвгґдеєжзиіїйклмнопрстуфхцчшщьюяabcxyz1');
  const letters = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(fc.oneof(letters, fc.string({ unit: 'binary', maxLength: 40 })), (text) => {
      for (const word of foldText(text).split(' ').filter(Boolean)) {
        const stem = stemWord(word);
        expect(stem).not.toBe('');
        expect(stem.length).toBeLessThanOrEqual(Math.min(word.length, 64));
        expect(stemWord(word)).toBe(stem);
        expect(foldText(stem)).toBe(stem);
      }
    }),
    { numRuns: 2_000 },
  );
});
