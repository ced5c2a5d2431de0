import fc from 'fast-check';
import { personKeys } from './known-person';
import { matchPerson } from './match-person';
import { exactLookups, nearLookups, readSaidName } from './said-name';
import { MAX_KEY } from './sound-keys';

const letters = fc.constantFrom(...Array.from('абвгдежзиіїклмнопрстухшяюєь abcdeghiknorsty.-\'’@+,<>"()1'));
const anyText = fc.oneof(
  fc.string({ unit: letters, maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  // Letters of two UTF-16 units, which no key may hold half of.
  fc.string({ unit: fc.constantFrom('𐌭', '𠀀', '𝒜', 'a', 'я', ' ', '.', '@'), maxLength: 80 }),
  fc
    .tuple(fc.string({ unit: letters, minLength: 1, maxLength: 20 }), fc.nat(10_000))
    .map(([text, size]) => text.repeat(Math.ceil(size / text.length)).slice(0, size)),
);

test('any text is a name and any text may be an address: nothing throws, and nothing grows without bounds', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (text, name, address) => {
      const said = readSaidName(text);
      const person = { address, names: [name] };
      const match = matchPerson(said, person);
      if (match) {
        expect(match.score).toBeGreaterThan(0);
        expect(match.score).toBeLessThanOrEqual(1);
      }
      const keys = [...personKeys(person), ...[...exactLookups(said), ...nearLookups(said)].flatMap((one) => one.keys)];
      const begun = nearLookups(said).flatMap(({ beginnings }) => beginnings);
      for (const beginning of begun) expect([beginning, beginning.isWellFormed()]).toEqual([beginning, true]);
      for (const key of keys)
        expect([key, key.length > 1 && key.length <= MAX_KEY, key.isWellFormed()]).toEqual([key, true, true]);
      expect(personKeys(person).length).toBeLessThanOrEqual(100);
      expect(exactLookups(said).length).toBeLessThanOrEqual(5);
      for (const { keys: some } of exactLookups(said)) expect(some.length).toBeLessThanOrEqual(1_000);
    }),
    { numRuns: 1_000 },
  );
});

const names = fc.constantFrom(
  ...'Іван Ivan Олена Андрій Oleksandr Сергій Maria Шевченко Petrenko Ковальчук Zelenskyi Коломієць Bob Наталія Глухов Ян Ю'.split(
    ' ',
  ),
);
const nameText = fc.array(names, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));

test('who answers to a name surely is found by its keys, and who answers by its sound by those', () => {
  const forms = fc
    .tuple(nameText, fc.constantFrom('', 'а', 'у', 'ові', 'ом', 'ю', 'ї', 's'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      forms,
      nameText,
      fc.constantFrom('', 'ivan.petrenko@a.example', 'ikovalchuk@a.example'),
      (text, name, address) => {
        const said = readSaidName(text);
        const person = { address, names: [name] };
        const match = matchPerson(said, person);
        const keys = new Set(personKeys(person));
        const leadsThere = (lookups: ReturnType<typeof exactLookups>) =>
          lookups.some(
            (one) =>
              one.keys.some((key) => keys.has(key)) ||
              one.beginnings.some((beginning) => [...keys].some((key) => key.startsWith(beginning))),
          );
        if (match?.answer === 'name' || match?.answer === 'organisation')
          expect(leadsThere(exactLookups(said))).toBe(true);
        if (match) expect(leadsThere(nearLookups(said)) || leadsThere(exactLookups(said))).toBe(true);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('everybody answers to their own name, whole, and to it in capitals and the other way round', () => {
  fc.assert(
    fc.property(nameText, (name) => {
      const person = { address: '', names: [name] };
      // Initials alone are anybody's.
      fc.pre(name.split(' ').some((word) => word.length > 1));
      for (const said of [name, name.toUpperCase(), name.split(' ').reverse().join(' ')]) {
        expect(matchPerson(readSaidName(said), person)).toEqual({ answer: 'name', score: 1 });
      }
    }),
  );
});
