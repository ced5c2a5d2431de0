// Debian's pocketsphinx with its English model. It is a small recogniser: it hears one of the words that it was told to expect,
// so what it is told (vocabulary.ts) makes the difference.
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SpeechError } from '../../errors';
import { inPrivateFolder } from '../../process/private-folder';
import { runProgram } from '../../process/run-program';
import { toBytes } from '../../recording/wav';
import type { Hints } from '../../speech';
import type { Surroundings } from '../../surroundings';
import type { Recogniser, Recording } from '../recogniser';
import { prepareSamples } from './prepare-samples';
import { buildVocabulary, spell, type Vocabulary } from './vocabulary';
import { VocabularyCache } from './vocabulary-cache';

const PROGRAM = 'pocketsphinx_batch';
/** Bytes that it may print, which should be none: its words go to a file. */
const MAX_OUTPUT = 64 * 1024;
/** "find the emails (utterance -12345)" */
const SCORE = /\s*\([^()]*\)\s*$/;

export class Pocketsphinx implements Recogniser {
  readonly name = 'pocketsphinx';
  static readonly DESCRIPTION = 'pocketsphinx (English)';
  readonly description = Pocketsphinx.DESCRIPTION;
  private readonly vocabularies = new VocabularyCache((hints) => buildVocabulary(hints, this.dictionary));

  constructor(
    private readonly surroundings: Surroundings,
    private readonly timeoutMs: number,
  ) {}

  async recognise({ samples }: Recording, hints: Hints, signal: AbortSignal): Promise<string> {
    if (hints.language === 'uk') {
      throw new SpeechError(
        'RECOGNISER_MISSING',
        'pocketsphinx has no Ukrainian model: set SPEECH_URL or SPEECH_COMMAND to a recogniser that has one, such as whisper.cpp',
      );
    }
    const vocabulary = await this.vocabularies.get(hints);
    if (vocabulary.dictionary.trim() === '') {
      throw new SpeechError(
        'RECOGNISER_REFUSED',
        'pocketsphinx has to be told which sentences to expect, and was told none',
      );
    }
    const words = await inPrivateFolder(
      (folder) => this.run(folder, samples, vocabulary, signal),
      this.surroundings.temporaryFolder,
    );
    return spell(words, vocabulary);
  }

  private async run(folder: string, samples: Int16Array, vocabulary: Vocabulary, signal: AbortSignal): Promise<string> {
    const file = (name: string) => join(folder, name);
    const write = (name: string, content: string | Buffer) => writeFile(file(name), content, { mode: 0o600 });
    await Promise.all([
      write('utterance.raw', toBytes(prepareSamples(samples))),
      write('utterances', 'utterance\n'),
      write('words.dict', vocabulary.dictionary),
      write('words.lm', vocabulary.languageModel),
    ]);
    const { how, complaint, status } = await runProgram(
      PROGRAM,
      [
        ...['-adcin', 'yes', '-cepdir', folder, '-cepext', '.raw', '-ctl', file('utterances'), '-hyp', file('heard')],
        ...['-hmm', join(this.surroundings.modelFolder, 'en-us'), '-dict', file('words.dict'), '-lm', file('words.lm')],
        // Its other settings stay as they are: none changed the words by more than one in a hundred on synthetic voices.
        ...['-logfn', '/dev/null'],
      ],
      { maxOutput: MAX_OUTPUT, timeoutMs: this.timeoutMs, signal, folder, env: { PATH: this.surroundings.path } },
    );
    if (how === 'not found') {
      throw new SpeechError('RECOGNISER_MISSING', `${PROGRAM} is not installed any more: apt-get install pocketsphinx`);
    }
    if (how !== 'well') {
      throw new SpeechError('RECOGNISER_FAILED', `pocketsphinx ended ${how} (${status}): ${complaint}`);
    }
    const heard = await readFile(file('heard'), 'utf8').catch((error: unknown) => {
      throw new SpeechError('RECOGNISER_FAILED', 'pocketsphinx left no result', { cause: error });
    });
    return heard.replace(SCORE, '').trim();
  }

  private get dictionary(): string {
    return join(this.surroundings.modelFolder, 'cmudict-en-us.dict');
  }
}

/** Whether the program and its model are installed. */
export async function hasPocketsphinx({ path, modelFolder }: Surroundings): Promise<boolean> {
  const exists = (file: string): Promise<boolean> =>
    access(file).then(
      () => true,
      () => false, // Not there, or not for us: either way it cannot be used.
    );
  const programs = path
    .split(':')
    .filter(Boolean)
    .map((folder) => exists(join(folder, PROGRAM)));
  const model = await Promise.all(['en-us/mdef', 'cmudict-en-us.dict'].map((name) => exists(join(modelFolder, name))));
  return (await Promise.all(programs)).includes(true) && !model.includes(false);
}
