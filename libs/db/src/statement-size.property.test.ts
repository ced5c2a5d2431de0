import fc from 'fast-check';
import { perStatement } from './statement-size';

const rows = fc.array(fc.record({ n: fc.nat(), text: fc.string().map((text) => text.repeat(5000)) }), {
  maxLength: 60,
});

test('nothing is lost or moved, and no statement is too large unless a single row is', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const parts = [...perStatement(all)];
      expect(parts.flat()).toEqual(all);
      for (const part of parts) {
        const bytes = part.reduce((sum, row) => sum + Buffer.byteLength(JSON.stringify(row)), 0);
        expect(part.length === 1 || bytes <= 2 * 1024 * 1024).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

test('many small rows are at most 500 at a time', () => {
  const parts = [...perStatement(Array.from({ length: 1201 }, (_, n) => ({ n })))];
  expect(parts.map(({ length }) => length)).toEqual([500, 500, 201]);
});
