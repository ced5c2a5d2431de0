/** A piece of an argument, or the space after one; quotes and backslashes mean what they mean to a POSIX shell. */
const PIECE = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)|(\s+)/gy;

/**
 * Splits a command line into arguments as a shell would, and does nothing else that a shell does: no variables, no `;`,
 * no patterns.
 *
 * @returns null when a quote is not closed
 */
export function splitCommand(command: string): string[] | null {
  const words: string[] = [];
  let word: string | undefined;
  let read = 0;
  for (const [piece, single, double, escaped, plain] of command.matchAll(PIECE)) {
    read += piece.length;
    const text = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain;
    if (text !== undefined) word = (word ?? '') + text;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (read < command.length) return null;
  return word === undefined ? words : [...words, word];
}
