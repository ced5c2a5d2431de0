export { checkSpeech, speechConfig, type SpeechConfig } from './config';
export { SpeechError, type SpeechErrorCode } from './errors';
export { describeSpeech, openSpeech } from './open-speech';
export {
  checkRecording,
  MAX_RECORDING_BYTES,
  MAX_RECORDING_SECONDS,
  type CheckedRecording,
  type RecordingFormat,
} from './recording/check-recording';
export type { Heard, Hints, Speech } from './speech';
export type { Surroundings } from './surroundings';
