import { fileTypeFromBuffer } from 'file-type';
import { SpeechError } from '../errors';

/** Bytes that a recording may have. */
export const MAX_RECORDING_BYTES = 5 * 1024 * 1024;
/** Seconds that a recording may last. */
export const MAX_RECORDING_SECONDS = 30;

export type RecordingFormat = 'wav' | 'webm' | 'ogg' | 'mp4' | 'mp3';

/** By the media types of file-type. A browser's recording is a video's container with nothing but sound in it. */
const FORMATS: ReadonlyMap<string, RecordingFormat> = new Map([
  ['audio/wav', 'wav'],
  ['video/webm', 'webm'],
  ['video/matroska', 'webm'],
  ['audio/ogg', 'ogg'],
  ['audio/ogg; codecs=opus', 'ogg'],
  ['video/ogg', 'ogg'],
  ['application/ogg', 'ogg'],
  ['audio/mp4', 'mp4'],
  ['audio/x-m4a', 'mp4'],
  ['video/mp4', 'mp4'],
  ['video/x-m4v', 'mp4'],
  ['video/quicktime', 'mp4'],
  ['audio/mpeg', 'mp3'],
]);

const MEDIA_TYPES: Readonly<Record<RecordingFormat, string>> = {
  wav: 'audio/wav',
  webm: 'audio/webm',
  ogg: 'audio/ogg',
  mp4: 'audio/mp4',
  mp3: 'audio/mpeg',
};

/** A recording that is worth a try. */
export interface CheckedRecording {
  readonly format: RecordingFormat;
  /** `audio/webm` and the like. */
  readonly mediaType: string;
}

/**
 * Says what a recording is, by its size and its first bytes; whether it can be decoded is found out by decoding it.
 *
 * @throws SpeechError RECORDING_EMPTY, RECORDING_TOO_LARGE or RECORDING_FORMAT_UNKNOWN
 */
export async function checkRecording(recording: Uint8Array): Promise<CheckedRecording> {
  if (recording.length === 0) {
    throw new SpeechError('RECORDING_EMPTY', 'the recording is empty: record again, and allow the microphone');
  }
  if (recording.length > MAX_RECORDING_BYTES) {
    throw new SpeechError(
      'RECORDING_TOO_LARGE',
      `the recording has ${recording.length} bytes, and at most ${MAX_RECORDING_BYTES} are taken: record less, or as WebM, Ogg or MP3`,
    );
  }
  const type = (await fileTypeFromBuffer(recording))?.mime;
  const format = FORMATS.get(type ?? '');
  if (format === undefined) {
    throw new SpeechError(
      'RECORDING_FORMAT_UNKNOWN',
      `by its content the recording is ${type ?? 'no audio file'}: WAV, WebM, Ogg, MP4 and MP3 are taken`,
    );
  }
  return { format, mediaType: MEDIA_TYPES[format] };
}
