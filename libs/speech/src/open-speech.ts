// Recognises recordings with the recogniser that is configured, or with the one that is installed.
import type { SpeechConfig } from './config';
import { SpeechError } from './errors';
import { CommandRecogniser } from './recognisers/command/command-recogniser';
import { hasPocketsphinx, Pocketsphinx } from './recognisers/pocketsphinx/pocketsphinx';
import type { Recogniser } from './recognisers/recogniser';
import { TranscriptionService } from './recognisers/service/transcription-service';
import { checkRecording } from './recording/check-recording';
import { decodeRecording } from './recording/decode-recording';
import { loudestDbfs, SILENCE_DBFS } from './recording/loudness';
import { SAMPLE_RATE } from './recording/wav';
import type { Heard, Hints, Speech } from './speech';
import { ourSurroundings, type Surroundings } from './surroundings';
import { Turns } from './turns';

/**
 * Recognition by SPEECH_URL, SPEECH_COMMAND, or pocketsphinx where it is installed, in this order. Without any of them each
 * recognition fails with RECOGNISER_MISSING. Nothing is started or connected to before the first recording comes. At most
 * SPEECH_CONCURRENCY recordings are recognised at a time; the others wait for their turn.
 */
export function openSpeech(config: SpeechConfig, surroundings: Surroundings = ourSurroundings()): Speech {
  const turns = new Turns(config.SPEECH_CONCURRENCY);
  const configured = configuredRecogniser(config, surroundings);
  const pocketsphinx = new Pocketsphinx(surroundings, config.SPEECH_TIMEOUT_SECONDS * 1_000);
  const hear = async (original: Uint8Array, hints: Hints, signal: AbortSignal): Promise<Heard> => {
    const checked = await checkRecording(original);
    const samples = await decodeRecording(original, checked.format, surroundings, signal);
    refuseSilence(samples);
    // Looked for each time: it may be installed while we run.
    const recogniser = configured ?? ((await hasPocketsphinx(surroundings)) ? pocketsphinx : undefined);
    if (!recogniser) throw new SpeechError('RECOGNISER_MISSING', ADVICE);
    const text = await recogniser.recognise({ ...checked, original, samples }, inLanguage(hints, config), signal);
    if (text === '')
      throw new SpeechError('NOTHING_RECOGNISED', 'no word was recognised: speak closer to the microphone');
    return { text, recogniser: recogniser.name, seconds: samples.length / SAMPLE_RATE };
  };
  return {
    recognise: (recording, hints, signal) => turns.take(() => hear(recording, hints, signal), signal),
  };
}

/** Who would recognise speech, in one line without secrets: "speech: pocketsphinx (English)". */
export async function describeSpeech(
  config: SpeechConfig,
  surroundings: Surroundings = ourSurroundings(),
): Promise<string> {
  const configured = configuredRecogniser(config, surroundings);
  if (configured) return `speech: ${configured.description}`;
  return (await hasPocketsphinx(surroundings)) ? `speech: ${Pocketsphinx.DESCRIPTION}` : `speech: none, as ${ADVICE}`;
}

const ADVICE =
  'nothing recognises speech here: set SPEECH_URL or SPEECH_COMMAND, or install pocketsphinx (Debian, Ubuntu: apt-get install pocketsphinx pocketsphinx-en-us)';

function configuredRecogniser(config: SpeechConfig, surroundings: Surroundings): Recogniser | undefined {
  const { SPEECH_URL: url, SPEECH_COMMAND: command } = config;
  const timeoutMs = config.SPEECH_TIMEOUT_SECONDS * 1_000;
  if (url !== undefined) {
    return new TranscriptionService({ url, key: config.SPEECH_API_KEY, model: config.SPEECH_MODEL, timeoutMs });
  }
  return command === undefined ? undefined : new CommandRecogniser(command, surroundings, timeoutMs);
}

function inLanguage(hints: Hints, { SPEECH_LANGUAGE: usual }: SpeechConfig): Hints {
  return usual === 'auto' ? hints : { language: usual, ...hints };
}

function refuseSilence(samples: Int16Array): void {
  if (loudestDbfs(samples) >= SILENCE_DBFS) return;
  throw new SpeechError(
    'RECORDING_SILENT',
    'there is nothing but silence in the recording: check the microphone, and speak closer to it',
  );
}
