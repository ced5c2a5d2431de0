import fc from 'fast-check';
import { arpaModel, type Phrase } from './language-model';

const phrase: fc.Arbitrary<Phrase> = fc.record({
  words: fc.array(fc.constantFrom('find', 'mail', 'from', 'ivan', 'x', "o'neill"), { minLength: 1, maxLength: 7 }),
  whole: fc.boolean(),
});
const phrases = fc.array(phrase, { minLength: 1, maxLength: 25 });

/** Reads an ARPA file as pocketsphinx does, and answers with probabilities. */
class Reader {
  readonly ngrams = new Map<string, { log: number; backoff: number }>();

  constructor(text: string) {
    const lines = text.split('\n');
    const announced = lines.filter((line) => line.startsWith('ngram ')).map((line) => Number(line.split('=')[1]));
    for (const [log = '', ngram, backoff = '0'] of lines.map((line) => line.split('\t'))) {
      if (ngram !== undefined) this.ngrams.set(ngram, { log: Number(log), backoff: Number(backoff) });
    }
    const lengths = [...this.ngrams.keys()].map((ngram) => ngram.split(' ').length);
    expect(announced).toEqual([1, 2, 3].map((length) => lengths.filter((one) => one === length).length));
  }

  get words(): string[] {
    return [...this.ngrams.keys()].filter((ngram) => !ngram.includes(' ') && ngram !== '<s>');
  }

  /** All histories of up to two words that can be. */
  get histories(): string[][] {
    const words = ['<s>', ...this.words.filter((word) => word !== '</s>')];
    return [[], ...words.map((word) => [word]), ...words.flatMap((one) => words.map((other) => [one, other]))];
  }

  probability(history: readonly string[], word: string): number {
    const known = this.ngrams.get([...history, word].join(' '));
    if (known) return 10 ** known.log;
    return 10 ** (this.ngrams.get(history.join(' '))?.backoff ?? 0) * this.probability(history.slice(1), word);
  }
}

test('the probabilities after each history add up to 1', () => {
  fc.assert(
    fc.property(phrases, (given) => {
      const reader = new Reader(arpaModel(given));
      for (const history of reader.histories) {
        const sum = reader.words.reduce((total, word) => total + reader.probability(history, word), 0);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-3);
      }
    }),
    { numRuns: 50 },
  );
});

test('each word that occurs can be said after anything', () => {
  fc.assert(
    fc.property(phrases, (given) => {
      const reader = new Reader(arpaModel(given));
      const words = new Set(given.flatMap((one) => one.words));
      expect(new Set(reader.words.filter((word) => word !== '</s>'))).toEqual(words);
      for (const history of reader.histories) {
        for (const word of words) expect(reader.probability(history, word)).toBeGreaterThan(1e-6);
      }
    }),
    { numRuns: 50 },
  );
});

test('a word that follows in the sentences is likelier there than one that does not', () => {
  const sentence = (text: string): Phrase => ({ words: text.split(' '), whole: true });
  const reader = new Reader(
    arpaModel([
      sentence('mail from ivan'),
      sentence('mail from maria'),
      sentence('mail about food'),
      sentence('food from ivan'),
    ]),
  );
  expect(reader.probability(['mail', 'from'], 'ivan')).toBeGreaterThan(
    3 * reader.probability(['mail', 'from'], 'food'),
  );
  expect(reader.probability(['<s>'], 'mail')).toBeGreaterThan(reader.probability(['<s>'], 'food'));
  expect(reader.probability(['from', 'ivan'], '</s>')).toBeGreaterThan(0.5);
});

test('a word that follows many others is expected after another one; one that always follows the same is not', () => {
  const sentences = ['new york', 'new york', 'new york', 'new york', 'a day', 'one day', 'this day'];
  const reader = new Reader(arpaModel(sentences.map((text) => ({ words: text.split(' '), whole: true }))));
  expect(reader.probability([], 'day')).toBeGreaterThan(2 * reader.probability([], 'york'));
});
