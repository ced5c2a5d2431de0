// Makes a trigram model of the sentences that are expected, in the ARPA format that pocketsphinx reads. Witten-Bell
// smoothing (Witten and Bell 1991; in the notation of Chen and Goodman 1998, section 2.6): after a history that was
// followed by many different words another new one is likely, so it leaves more to the shorter history.
//
//     p(w | h) = (c(h w) + t(h) p(w | h')) / (c(h) + t(h))
//
// c counts, t(h) is the number of different words seen after h, and h' is h without its first word. The empty history
// backs off to all words alike, so that each word of the vocabulary can be said anywhere.

const START = '<s>';
const END = '</s>';
const ORDER = 3;
/** log10 of nothing, as it is written by custom. */
const NEVER = '-99.0000';

/** What was seen after a history. */
class Followers {
  readonly counts = new Map<string, number>();
  total = 0;

  add(word: string, count: number): void {
    this.counts.set(word, (this.counts.get(word) ?? 0) + count);
    this.total += count;
  }

  /** What is left to the shorter history; also the weight that the file has for backing off to it. */
  get backoff(): number {
    return this.counts.size / (this.total + this.counts.size);
  }

  probability(word: string, shorter: number): number {
    return ((this.counts.get(word) ?? 0) + this.counts.size * shorter) / (this.total + this.counts.size);
  }
}

/** Words in a row that are expected, e.g. a sentence or a name. */
export interface Phrase {
  readonly words: readonly string[];
  /** A whole sentence has a beginning and an end; another phrase may stand anywhere. */
  readonly whole: boolean;
  /** How often it counts; default 1. */
  readonly weight?: number;
}

/**
 * @param phrases each with at least one word, in the spelling of the dictionary, without spaces
 * @returns the text of an ARPA file. The probabilities after each history add up to 1.
 */
export function arpaModel(phrases: Iterable<Phrase>): string {
  const histories = countFollowers(phrases);
  const probability = (history: readonly string[], word: string): number => {
    const followers = histories[history.length]?.get(history.join(' '));
    if (history.length > 0) {
      const shorter = probability(history.slice(1), word);
      return followers ? followers.probability(word, shorter) : shorter;
    }
    return followers ? followers.probability(word, 1 / followers.counts.size) : 0;
  };
  const sections = histories.map((ofLength, length) => {
    const lines = length === 0 ? [line(NEVER, START, histories[1]?.get(START))] : [];
    for (const [joined, followers] of ofLength) {
      const history = length === 0 ? [] : joined.split(' ');
      for (const word of followers.counts.keys()) {
        const ngram = [...history, word].join(' ');
        lines.push(line(log10(probability(history, word)), ngram, histories[length + 1]?.get(ngram)));
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

/** For each length of history, 0 to 2: what followed each history. */
function countFollowers(phrases: Iterable<Phrase>): readonly Map<string, Followers>[] {
  const histories = Array.from({ length: ORDER }, () => new Map<string, Followers>());
  for (const { words, whole, weight = 1 } of phrases) {
    const padded = whole ? [START, ...words, END] : words;
    for (let at = whole ? 1 : 0; at < padded.length; at++) {
      histories.forEach((ofLength, length) => {
        if (at < length) return;
        const history = padded.slice(at - length, at).join(' ');
        const followers = ofLength.get(history) ?? new Followers();
        ofLength.set(history, followers);
        followers.add(padded[at] ?? END, weight);
      });
    }
  }
  return histories;
}

const log10 = (probability: number): string => Math.log10(probability).toFixed(4);

const line = (log: string, ngram: string, followers: Followers | undefined): string =>
  followers ? `${log}\t${ngram}\t${log10(followers.backoff)}` : `${log}\t${ngram}`;
