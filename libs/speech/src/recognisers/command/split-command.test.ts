import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { splitCommand } from './split-command';

test.each<[string, string[] | null]>([
  ['', []],
  ['  whisper   -f\t{wav} ', ['whisper', '-f', '{wav}']],
  [`a 'b c' "d e" f\\ g`, ['a', 'b c', 'd e', 'f g']],
  [`a"b"'c'd ''`, ['abcd', '']],
  [`"a \\" \\\\ \\n" '\\'`, ['a " \\ \\n', '\\']],
  ['a; rm -rf $HOME `id` | b > c && *', ['a;', 'rm', '-rf', '$HOME', '`id`', '|', 'b', '>', 'c', '&&', '*']],
  [`a 'b`, null],
  [`a "b`, null],
  ['a "b\\"', null],
  ['a \\', null],
])('%j', (command, words) => {
  expect(splitCommand(command)).toEqual(words);
});

test('quoted text is read as a shell reads it', () => {
  const word = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', "'", 'é', '\t'), maxLength: 6 });
  const quoted = fc.oneof(
    word.map((text) => `'${text.replaceAll("'", '')}'`),
    word.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`),
    word.map((text) => text.replace(/./gu, '\\$&')),
  );
  const command = fc.array(quoted, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  const shell = (text: string): string[] =>
    execFileSync('sh', ['-c', `for word in ${text}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);
  fc.assert(
    fc.property(command, (text) => expect(splitCommand(text)).toEqual(shell(text))),
    { numRuns: 60 },
  );
});
