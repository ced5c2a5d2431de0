import fc from 'fast-check';
import stringWidth from 'string-width';
import { cut, json, pad, plural, printable } from './text';

const mailText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\u001b', '[', '2', 'J', '\u009b', '\u202e', '\n', 'a', '漢', '👩‍👩‍👧', '\ud800', 'е\u0301'),
  }),
);

test('what is printed from outside cannot steer a terminal', () => {
  fc.assert(
    fc.property(mailText, (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(shown.isWellFormed()).toBe(true);
      expect(printable(shown)).toBe(shown);
    }),
  );
  expect(printable('Hi\u001b[2J\r\nthere')).toBe('Hi\ufffd[2J there');
});

test('what is cut fits, and what fits is not cut', () => {
  fc.assert(
    fc.property(mailText.map(printable), fc.integer({ min: 1, max: 30 }), (text, columns) => {
      const shown = cut(text, columns);
      expect(stringWidth(shown)).toBeLessThanOrEqual(columns);
      if (stringWidth(text) <= columns) expect(shown).toBe(text);
      else expect(shown).toMatch(/…$/);
    }),
  );
});

test('a document for programs is the same document, without what a terminal obeys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), mailText), (document) => {
      const printed = json(document);
      expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(document)));
      expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test('columns are counted as a terminal does', () => {
  expect(pad('漢', 4)).toBe('漢  ');
  expect(pad('7', 3, 'right')).toBe('  7');
  expect(cut('漢字漢字', 5)).toBe('漢字…');
  expect([plural(1, 'mail'), plural(2, 'mail')]).toEqual(['1 mail', '2 mails']);
});
