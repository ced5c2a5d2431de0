import { createHash } from 'node:crypto';
import { checkRecording, MAX_RECORDING_BYTES } from '@sorting-office/speech';
import { type SearchPayload, searchPayload, searchTerms, searchText } from '@sorting-office/tasks';
import type { Request } from 'express';
import { z } from 'zod';
import { Problem } from '../http/problem';
import { upload } from '../http/upload';

/** A search as it is asked for: the payload of its task, and the recording that goes with it. */
export interface SearchInput {
  readonly payload: SearchPayload;
  readonly recording: Uint8Array | null;
}

const typed = searchTerms.extend({ text: searchText });
const spoken = searchTerms.extend({ limit: z.coerce.number().pipe(searchTerms.shape.limit.unwrap()).default(20) });
const audioFile = z.file().meta({ description: 'WAV, WebM, Ogg, MP4 or MP3, up to 30 seconds and 5 MB' });

/** What a search may be asked with. */
export const searchContents = {
  'application/json': typed,
  'multipart/form-data': spoken.extend({ audio: audioFile }),
};

/** Recordings in memory at a time, in each process: 80 MB of them. */
export const maxRecordingsHeld = 16;

/** Reads the form that a recording comes in. */
export const readRecording = () =>
  upload({
    file: 'audio',
    maxBytes: MAX_RECORDING_BYTES,
    maxHeld: maxRecordingsHeld,
    tooLarge: () => new Problem(413, 'RECORDING_TOO_LARGE', `a recording may have up to ${MAX_RECORDING_BYTES} bytes`),
  });

/**
 * What a request asks for. A recording is looked at as far as it can be told at once that it is none.
 *
 * @throws Problem REQUEST_INVALID, RECORDING_MISSING, and SpeechError.
 */
export async function searchInput(request: Request): Promise<SearchInput> {
  if (!request.is('multipart/form-data')) return { payload: parse(typed, request.body), recording: null };
  const terms = parse(spoken, { ...(request.body as object) });
  if (!request.file)
    throw new Problem(400, 'RECORDING_MISSING', 'the form has no recording: send it as a file in the field audio');
  const recording = request.file.buffer;
  await checkRecording(recording);
  const audio = createHash('sha256').update(recording).digest('hex');
  return { payload: searchPayload.parse({ ...terms, audio }), recording };
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw Problem.invalid('body', parsed.error);
  return parsed.data;
}
