// Programs that speak English. Their voices are monotonous and not a person's, yet they say the same each time.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

export interface Voice {
  readonly name: string;
  readonly program: string;
  /** @returns the arguments that make the program write a WAV file of the text. */
  readonly args: (text: string, file: string) => readonly string[];
}

export const voices: readonly Voice[] = [
  {
    name: 'espeak-ng',
    program: 'espeak-ng',
    args: (text, file) => ['-v', 'en-us', '-s', '150', '-w', file, '--', text],
  },
  { name: 'flite', program: 'flite', args: (text, file) => ['-voice', 'slt', '-t', text, '-o', file] },
];

/** @returns a WAV file. It goes through a file, since espeak-ng leaves the length out when it writes into a pipe. */
export async function speak(voice: Voice, text: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'office-eval-'));
  try {
    const file = join(folder, 'said.wav');
    await execa(voice.program, voice.args(text, file), { timeout: 20_000 });
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Those of the programs that are not installed. */
export async function missingPrograms(programs: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    programs.map((program) => execa('which', [program], { reject: false }).then(({ exitCode }) => exitCode === 0)),
  );
  return programs.filter((_, index) => !found[index]);
}
