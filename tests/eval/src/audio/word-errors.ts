// How much of what was said a recogniser heard wrongly.

export interface WordErrors {
  /** Words that have to be replaced, put in or left out to turn what was heard into what was said: the edit distance. */
  readonly errors: number;
  /** The words that were said. */
  readonly words: number;
}

/** Letters' case and punctuation are not heard, and do not count. */
export function wordErrors(said: string, heard: string): WordErrors {
  const meant = words(said);
  return { errors: distance(meant, words(heard)), words: meant.length };
}

/** All errors by all words that were said: more than 1 is possible, when much was heard that nobody said. */
export function wordErrorRate(counts: readonly WordErrors[]): number {
  const sum = (key: keyof WordErrors) => counts.reduce((total, count) => total + count[key], 0);
  return sum('words') === 0 ? 0 : sum('errors') / sum('words');
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’ʼ][\p{L}\p{N}]+)*/gu) ?? [];
}

/** Levenshtein's distance, of which only the row above is kept. */
function distance(from: readonly string[], to: readonly string[]): number {
  let above = [...to.keys(), to.length];
  for (const [index, word] of from.entries()) {
    const row = [index + 1];
    for (const [column, other] of to.entries()) {
      const replaced = at(above, column) + (word === other ? 0 : 1);
      row.push(Math.min(replaced, at(above, column + 1) + 1, at(row, column) + 1));
    }
    above = row;
  }
  return at(above, to.length);
}

/** Past the end of a row nothing can be reached. */
const at = (row: readonly number[], column: number) => row[column] ?? Infinity;
