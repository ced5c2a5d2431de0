import fc from 'fast-check';
import { baseForms } from './base-forms';

test.each([
  ['іван', 'івана івану іванові іваном іване'],
  ['петро', 'петра петру петрові петром петре'],
  ['олена', 'олени олені олену оленою олено'],
  ['ольга', 'ольги ользі ольгу ольгою ольго'],
  ['марія', 'марії марію марією маріє'],
  ['мария', 'марии марию марией'],
  ['наталя', 'наталі наталю наталею'],
  ['андрій', 'андрія андрію андрієві андрієм'],
  ['сергей', 'сергея сергею сергеем'],
  ['олег', 'олега олегу олегові олегом олеже'],
  ['микола', 'миколи миколі миколу миколою миколо'],
  ['федір', 'федора федору федорові федором'],
  ['зеленський', 'зеленського зеленському зеленським'],
  ['зеленська', 'зеленської зеленській зеленську зеленською'],
  ['задорожній', 'задорожнього задорожньому задорожнім'],
  ['бондарев', 'бондарева бондареву бондаревим бондаревым'],
  ['бондарева', 'бондаревої бондаревій бондареву бондаревою бондаревой'],
  ['коломієць', 'коломійця коломійцю коломійцем коломійцеві'],
  ['кравець', 'кравця кравцю кравцем кравцеві'],
  ['дячок', 'дячка дячку дячком'],
  ['оленка', 'оленці'],
  ['саша', 'саші сашу сашею'],
  ['екатерина', 'екатерины екатерине екатериной'],
])('%s of %s', (nominative, forms) => {
  for (const form of forms.split(' ')) expect([form, ...baseForms(form)]).toContain(nominative);
});

test.each(['ivan', 'ivana', 'я', 'ія', '', '山田', 'іvan', 'а1а'])('%s is left as it is', (word) => {
  expect(baseForms(word)).toEqual([word]);
});

test('the word itself comes first, every form once, no form without two letters before the ending, and few of them', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('аеиіоуюяєїйьвгкмнцзсжщ')), maxLength: 50 }),
      (word) => {
        const forms = baseForms(word);
        expect(forms[0]).toBe(word);
        expect(new Set(forms).size).toBe(forms.length);
        expect(forms.length).toBeLessThanOrEqual(20);
        for (const form of forms.slice(1)) expect(form.length).toBeGreaterThanOrEqual(2);
      },
    ),
    { numRuns: 3_000 },
  );
});
