import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CommandTemplate } from '../../config';
import { SpeechError } from '../../errors';
import { inPrivateFolder } from '../../process/private-folder';
import { runProgram } from '../../process/run-program';
import { wavOf } from '../../recording/wav';
import type { Hints } from '../../speech';
import type { Surroundings } from '../../surroundings';
import type { Recogniser, Recording } from '../recogniser';

/** Bytes of text that a program may print. */
const MAX_OUTPUT = 64 * 1024;
const MAX_COMPLAINT = 500;

/** A program of the operator's choice, with its arguments; it is given a WAV file and prints the words. */
export class CommandRecogniser implements Recogniser {
  readonly name = 'command';
  readonly description: string;

  constructor(
    private readonly template: CommandTemplate,
    private readonly surroundings: Surroundings,
    private readonly timeoutMs: number,
  ) {
    this.description = `the command ${basename(template.program)}`;
  }

  recognise({ samples }: Recording, hints: Hints, signal: AbortSignal): Promise<string> {
    return inPrivateFolder(async (folder) => {
      const wav = join(folder, 'recording.wav');
      await writeFile(wav, wavOf(samples), { mode: 0o600 });
      const values: Readonly<Record<string, string>> = { wav, language: hints.language ?? 'auto' };
      const parameters = this.template.parameters.map((parameter) =>
        parameter.replace(/\{(wav|language)\}/g, (_, name: string) => values[name] ?? ''),
      );
      const end = await runProgram(this.template.program, parameters, {
        maxOutput: MAX_OUTPUT,
        timeoutMs: this.timeoutMs,
        signal,
        folder,
        env: { ...process.env, PATH: this.surroundings.path, TMPDIR: folder },
      });
      if (end.how === 'not found') {
        throw new SpeechError(
          'RECOGNISER_REFUSED',
          `SPEECH_COMMAND cannot be run: there is no program ${this.template.program}`,
        );
      }
      if (end.how !== 'well') {
        const complaint = end.complaint.slice(0, MAX_COMPLAINT);
        throw new SpeechError('RECOGNISER_FAILED', `SPEECH_COMMAND ended ${end.how} (${end.status}): ${complaint}`);
      }
      return end.output.toString('utf8');
    }, this.surroundings.temporaryFolder);
  }
}
