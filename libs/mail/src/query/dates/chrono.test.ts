// A second opinion on dates that are written out: chrono-node, which knows them in both languages.
import { en, uk } from 'chrono-node';
import fc from 'fast-check';
import { understand } from '../understand';

const now = new Date('2026-11-25T12:00:00.000Z');
const englishMonths = 'January February March April May June July August September October November December'.split(
  ' ',
);
const ukrainianMonths = 'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня'.split(
  ' ',
);

const forms = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .chain((date) => {
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
    const [english = '', ukrainian = ''] = [englishMonths[month], ukrainianMonths[month]];
    return fc.constantFrom(
      { chrono: en, text: `${day} ${english} ${year}` },
      { chrono: en, text: `${english} ${day}, ${year}` },
      { chrono: en, text: `${day} ${english.slice(0, 3)} ${year}` },
      { chrono: en, text: date.toISOString().slice(0, 10) },
      { chrono: uk, text: `${day} ${ukrainian} ${year}` },
      { chrono: uk, text: `${day} ${ukrainian} ${year} року` },
    );
  });

test('chrono understands the same day', () => {
  fc.assert(
    fc.property(forms, ({ chrono, text }) => {
      const [found] = chrono.parse(text, now);
      const day = [found?.start.get('year'), found?.start.get('month'), found?.start.get('day')]
        .map((part) => String(part).padStart(2, '0'))
        .join('-');
      const { query } = understand(text, { now, timeZone: 'UTC' });
      expect([text, query.after]).toEqual([text, `${day}T00:00:00.000Z`]);
    }),
    { numRuns: 200 },
  );
});
