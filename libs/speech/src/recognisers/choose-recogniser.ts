import type { SpeechConfig } from '../config';
import type { Surroundings } from '../surroundings';
import { CommandRecogniser } from './command/command-recogniser';
import { hasPocketsphinx, Pocketsphinx } from './pocketsphinx/pocketsphinx';
import type { Recogniser } from './recogniser';
import { TranscriptionService } from './service/transcription-service';

/** What to do when nothing recognises speech. */
export const ADVICE =
  'set SPEECH_URL or SPEECH_COMMAND, or install pocketsphinx (Debian, Ubuntu: apt-get install pocketsphinx pocketsphinx-en-us)';

/**
 * The recogniser by SPEECH_URL, by SPEECH_COMMAND, or pocketsphinx, in this order.
 *
 * @returns finds it; undefined as long as none is configured and pocketsphinx is not installed, which it may be meanwhile
 */
export function chooseRecogniser(
  config: SpeechConfig,
  surroundings: Surroundings,
): () => Promise<Recogniser | undefined> {
  const { SPEECH_URL: url, SPEECH_API_KEY: key, SPEECH_MODEL: model, SPEECH_COMMAND: command } = config;
  const timeoutMs = config.SPEECH_TIMEOUT_SECONDS * 1_000;
  if (url !== undefined) return always(new TranscriptionService({ url, key, model, timeoutMs }));
  if (command !== undefined) return always(new CommandRecogniser(command, surroundings, timeoutMs));
  const pocketsphinx = new Pocketsphinx(surroundings, timeoutMs);
  return async () => ((await hasPocketsphinx(surroundings)) ? pocketsphinx : undefined);
}

const always = (recogniser: Recogniser) => () => Promise.resolve(recogniser);
