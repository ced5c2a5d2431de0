import { z } from 'zod';

/** An empty variable is one that is not set. */
const unlessEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

/** What the environment says of speech. */
export const speechConfig = z
  .object({
    /** A service with OpenAI's `POST /v1/audio/transcriptions`, with or without the `/v1`: `http://whisper:8080`. */
    SPEECH_URL: unlessEmpty(z.url({ protocol: /^https?$/, error: 'must look like https://host/v1' }).optional()),
    /** Sent to it as a bearer token. */
    SPEECH_API_KEY: unlessEmpty(z.string().optional()),
    SPEECH_MODEL: unlessEmpty(z.string().default('whisper-1')),
    /** A program with its arguments, run without a shell: `whisper-cli -m /models/base.bin -f {wav} -l {language} -nt -np`. */
    SPEECH_COMMAND: unlessEmpty(z.string().optional()),
    /** The language of recordings that do not say theirs; `auto`: the recogniser finds out. */
    SPEECH_LANGUAGE: unlessEmpty(z.enum(['en', 'uk', 'auto']).default('auto')),
    /** How long the recogniser may take. */
    SPEECH_TIMEOUT_SECONDS: unlessEmpty(z.coerce.number().positive().max(600).default(60)),
    /** How many recordings a process recognises at a time. */
    SPEECH_CONCURRENCY: unlessEmpty(z.coerce.number().int().min(1).max(64).default(2)),
  })
  .refine(({ SPEECH_URL, SPEECH_COMMAND }) => SPEECH_URL === undefined || SPEECH_COMMAND === undefined, {
    path: ['SPEECH_COMMAND'],
    error: 'SPEECH_URL and SPEECH_COMMAND are both set: keep the one that shall recognise speech',
  });
export type SpeechConfig = z.infer<typeof speechConfig>;
