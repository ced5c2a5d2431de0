// Finds phrases in folded text in one pass over its words, however many phrases there are.

/** Reads the phrases of a topic from a text where commas separate them. */
export const phrases = (text: string): readonly string[] =>
  text
    .split(',')
    .map((phrase) => phrase.replace(/\s+/g, ' ').trim())
    .filter((phrase) => phrase !== '');

interface Phrase<Topic> {
  readonly topic: Topic;
  readonly words: readonly string[];
  readonly text: string;
}

/** The phrases found of each topic, each once. */
export type Found<Topic extends string> = Partial<Readonly<Record<Topic, readonly string[]>>>;

/** Words ending in * are looked up by this many letters, so their stems must have as many. */
const STEM_LETTERS = 3;

const matches = (word: string | undefined, wanted: string): boolean =>
  word !== undefined && (wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted);

/**
 * Prepares phrases, given by topic as folded words, for being looked for in folded text. A word ending in * stands for
 * all words that begin so.
 */
export function compileLexicon<Topic extends string>(
  lexicon: Readonly<Record<Topic, readonly string[]>>,
): (folded: string) => Found<Topic> {
  const byWord = new Map<string, Phrase<Topic>[]>();
  const byStem = new Map<string, Phrase<Topic>[]>();
  for (const topic of Object.keys(lexicon) as Topic[]) {
    for (const text of lexicon[topic]) {
      const words = text.split(' ');
      const [first = ''] = words;
      const isStem = first.endsWith('*');
      const index = isStem ? byStem : byWord;
      const key = isStem ? first.slice(0, STEM_LETTERS) : first;
      index.set(key, [...(index.get(key) ?? []), { topic, words, text: text.replaceAll('*', '…') }]);
    }
  }
  return (folded) => {
    const found: Partial<Record<Topic, string[]>> = {};
    const words = folded.split(' ');
    words.forEach((word, at) => {
      for (const index of [byWord.get(word), byStem.get(word.slice(0, STEM_LETTERS))]) {
        for (const phrase of index ?? []) {
          if (!phrase.words.every((wanted, offset) => matches(words[at + offset], wanted))) continue;
          const seen = (found[phrase.topic] ??= []);
          if (!seen.includes(phrase.text)) seen.push(phrase.text);
        }
      }
    });
    return found;
  };
}
