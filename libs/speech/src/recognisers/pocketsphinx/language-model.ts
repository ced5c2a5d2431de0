// Makes a trigram model of the sentences that are expected, in the ARPA format that pocketsphinx reads, with interpolated
// Kneser-Ney smoothing (Chen and Goodman 1998, "An Empirical Study of Smoothing Techniques for Language Modeling", 2.7 and 4.1.6):
//
//     p(w | h) = max(c(h w) - D, 0) / c(h) + D n(h) / c(h) * p(w | h')
//
// h' is the history h without its first word, n(h) the number of different words seen after h, and D what is taken from each
// of them for those not seen. c counts occurrences for the longest history only; for a shorter one it counts the different
// words that stood before: a word that follows many words is likely to follow another one. The empty history leaves its
// share to all words alike, so that each word of the vocabulary can be said anywhere.

const START = '<s>';
const END = '</s>';
const LONGEST_HISTORY = 2;
/** D. The usual choice for counts as small as these. */
const DISCOUNT = 0.75;
/** log10 of nothing, as it is written by custom. */
const NEVER = '-99.0000';

/** Words in a row that are expected, e.g. a sentence or a name. */
export interface Phrase {
  readonly words: readonly string[];
  /** A whole sentence has a beginning and an end; another phrase may stand anywhere. */
  readonly whole: boolean;
}

/** What was seen after a history. */
class Followers {
  private readonly counts = new Map<string, number>();
  private total = 0;

  add(word: string): void {
    this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
    this.total++;
  }

  get words(): readonly string[] {
    return [...this.counts.keys()];
  }

  /** What is left to the shorter history: also the weight that the file has for backing off to it. */
  get rest(): number {
    return (DISCOUNT * this.counts.size) / this.total;
  }

  probability(word: string, shorter: number): number {
    return Math.max((this.counts.get(word) ?? 0) - DISCOUNT, 0) / this.total + this.rest * shorter;
  }
}

/** For one length of history, in words: what follows each history. */
type Level = Map<string, Followers>;

/**
 * @param phrases at least one, each with at least one word, in the spelling of the dictionary, without spaces
 * @returns the text of an ARPA file. The probabilities after each history add up to 1.
 */
export function arpaModel(phrases: readonly Phrase[]): string {
  const levels = Array.from({ length: LONGEST_HISTORY + 1 }, (_, length) => count(phrases, length));
  const vocabulary = levels[0]?.get('')?.words.length ?? 0;
  const probability = (history: readonly string[], word: string): number => {
    const shorter = history.length === 0 ? 1 / vocabulary : probability(history.slice(1), word);
    return levels[history.length]?.get(history.join(' '))?.probability(word, shorter) ?? shorter;
  };
  const sections = levels.map((level, length) => {
    const lines = length === 0 ? [line(NEVER, START, levels[1]?.get(START))] : [];
    for (const [history, followers] of level) {
      const words = history === '' ? [] : history.split(' ');
      for (const word of followers.words) {
        const ngram = [...words, word].join(' ');
        lines.push(line(log10(probability(words, word)), ngram, levels[length + 1]?.get(ngram)));
      }
    }
    return lines;
  });
  return [
    '\\data\\',
    ...sections.map((lines, length) => `ngram ${length + 1}=${lines.length}`),
    ...sections.flatMap((lines, length) => ['', `\\${length + 1}-grams:`, ...lines]),
    '',
    '\\end\\',
    '',
  ].join('\n');
}

/** Counts each occurrence for the longest history, and for what has nothing before it; else each different word before it once. */
function count(phrases: readonly Phrase[], length: number): Level {
  const level: Level = new Map();
  const counted = new Set<string>();
  for (const { words, whole } of phrases) {
    const padded = whole ? [START, ...words, END] : words;
    for (let at = Math.max(length, whole ? 1 : 0); at < padded.length; at++) {
      const begin = at - length;
      if (length < LONGEST_HISTORY && begin > 0) {
        const withWordBefore = padded.slice(begin - 1, at + 1).join(' ');
        if (counted.has(withWordBefore)) continue;
        counted.add(withWordBefore);
      }
      const history = padded.slice(begin, at).join(' ');
      const followers = level.get(history) ?? new Followers();
      level.set(history, followers);
      followers.add(padded[at] ?? END);
    }
  }
  return level;
}

const log10 = (probability: number): string => Math.log10(probability).toFixed(4);

const line = (log: string, ngram: string, followers: Followers | undefined): string =>
  followers ? `${log}\t${ngram}\t${log10(followers.rest)}` : `${log}\t${ngram}`;
