// Recognises recordings: checks and decodes them, refuses silence, and asks the recogniser that is configured or installed.
import type { SpeechConfig } from './config';
import { SpeechError } from './errors';
import { removeAbandonedFolders } from './process/private-folder';
import { ADVICE, chooseRecogniser } from './recognisers/choose-recogniser';
import { checkRecording } from './recording/check-recording';
import { decodeRecording } from './recording/decode-recording';
import { loudestDbfs, SILENCE_DBFS } from './recording/loudness';
import { SAMPLE_RATE } from './recording/wav';
import type { Heard, Hints, Speech } from './speech';
import { ourSurroundings, type Surroundings } from './surroundings';
import { Turns } from './turns';

/** Characters of a text. Nobody says more than half of this in 30 seconds; a recogniser that repeats itself writes more. */
const MAX_TEXT = 1_500;
/** What whisper writes of what was not said: "[BLANK_AUDIO]", "(wind blowing)", "*music*". */
const ANNOTATION = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*/g;

/**
 * Recognition by SPEECH_URL, SPEECH_COMMAND, or pocketsphinx where it is installed, in this order. Without any of them each
 * recognition fails with RECOGNISER_MISSING. Nothing is started or connected to before the first recording comes. At most
 * SPEECH_CONCURRENCY recordings are recognised at a time; the others wait for their turn.
 */
export function openSpeech(config: SpeechConfig, surroundings: Surroundings = ourSurroundings()): Speech {
  const turns = new Turns(config.SPEECH_CONCURRENCY);
  const findRecogniser = chooseRecogniser(config, surroundings);
  const hear = async (original: Uint8Array, hints: Hints, signal: AbortSignal): Promise<Heard> => {
    const checked = await checkRecording(original);
    await removeAbandonedFolders(surroundings.temporaryFolder);
    const samples = await decodeRecording(original, checked.format, surroundings, signal);
    refuseSilence(samples);
    const recogniser = await findRecogniser();
    if (!recogniser) throw new SpeechError('RECOGNISER_MISSING', `nothing recognises speech here: ${ADVICE}`);
    const said = await recogniser.recognise({ ...checked, original, samples }, inLanguage(hints, config), signal);
    const text = wordsOf(said);
    if (text === '') {
      throw new SpeechError('NOTHING_RECOGNISED', 'no word was recognised: speak closer to the microphone');
    }
    return { text, recogniser: recogniser.name, seconds: samples.length / SAMPLE_RATE };
  };
  return {
    recognise: (recording, hints, signal) => turns.take(() => hear(recording, hints, signal), signal),
  };
}

/** Who recognises speech, in one line for logs and without secrets: "speech: pocketsphinx (English)". */
export async function describeSpeech(
  config: SpeechConfig,
  surroundings: Surroundings = ourSurroundings(),
): Promise<string> {
  const recogniser = await chooseRecogniser(config, surroundings)();
  return recogniser ? `speech: ${recogniser.description}` : `speech: nothing recognises it; ${ADVICE}`;
}

function refuseSilence(samples: Int16Array): void {
  if (loudestDbfs(samples) >= SILENCE_DBFS) return;
  throw new SpeechError(
    'RECORDING_SILENT',
    'there is nothing but silence in the recording: check the microphone, and speak closer to it',
  );
}

const inLanguage = (hints: Hints, { SPEECH_LANGUAGE: usual }: SpeechConfig): Hints =>
  usual === 'auto' ? hints : { language: usual, ...hints };

/** What was said, in one line; empty when there is no word in it. */
function wordsOf(text: string): string {
  const words = text.toWellFormed().replace(ANNOTATION, ' ').replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(words)) return '';
  return words.length <= MAX_TEXT ? words : words.slice(0, words.lastIndexOf(' ', MAX_TEXT)).slice(0, MAX_TEXT).trim();
}
