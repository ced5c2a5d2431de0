export { SpeechError, type SpeechErrorCode } from './errors';
export type { Heard, Hints, Speech } from './speech';
