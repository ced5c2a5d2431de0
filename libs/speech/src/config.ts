import { z } from 'zod';
import { splitCommand } from './recognisers/command/split-command';

/** An empty variable is one that is not set. */
const unlessEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

/** A program and its arguments, still with `{wav}` and `{language}` in them. */
const commandTemplate = z.string().transform((template, context) => {
  const [program, ...parameters] = splitCommand(template) ?? [];
  if (program !== undefined && parameters.some((parameter) => parameter.includes('{wav}')))
    return { program, parameters };
  context.addIssue(
    'must be a program with arguments, each quote closed and {wav} among them: whisper-cli -m model.bin -f {wav} -nt -np',
  );
  return z.NEVER;
});
export type CommandTemplate = z.infer<typeof commandTemplate>;

const serviceUrl = z
  .url({ protocol: /^https?$/, error: 'must look like https://host/v1' })
  .refine(
    (url) => new URL(url).username === '',
    'must not have a name or a password in it: SPEECH_API_KEY is for that',
  );

const settings = z.object({
  /** A service with OpenAI's `POST /v1/audio/transcriptions`, with or without the `/v1`: `http://whisper:8080`. */
  SPEECH_URL: unlessEmpty(serviceUrl.optional()),
  /** Sent to it as a bearer token. */
  SPEECH_API_KEY: unlessEmpty(z.string().optional()),
  SPEECH_MODEL: unlessEmpty(z.string().default('whisper-1')),
  /**
   * A program that prints the words, quoted as for a shell and run without one. `{wav}` is the path of a file with 16,000 Hz,
   * 16 bit and one channel, `{language}` is `en`, `uk` or `auto`: `whisper-cli -m base.bin -f {wav} -l {language} -nt -np`.
   */
  SPEECH_COMMAND: unlessEmpty(commandTemplate.optional()),
  /** The language of recordings that do not say theirs; `auto`: the recogniser finds out. */
  SPEECH_LANGUAGE: unlessEmpty(z.enum(['en', 'uk', 'auto']).default('auto')),
  /** How long the recogniser may take. */
  SPEECH_TIMEOUT_SECONDS: unlessEmpty(z.coerce.number().positive().max(600).default(60)),
  /** How many recordings a process recognises at a time. */
  SPEECH_CONCURRENCY: unlessEmpty(z.coerce.number().int().min(1).max(64).default(2)),
});
export type SpeechConfig = z.infer<typeof settings>;

/** What the settings must say together; where they are put together with others, it has to be said again. */
export function checkSpeech(
  { SPEECH_URL, SPEECH_COMMAND }: Pick<SpeechConfig, 'SPEECH_URL' | 'SPEECH_COMMAND'>,
  context: z.RefinementCtx,
): void {
  if (SPEECH_URL === undefined || SPEECH_COMMAND === undefined) return;
  const message = 'SPEECH_URL and SPEECH_COMMAND are both set: keep the one that shall recognise speech';
  context.addIssue({ code: 'custom', path: ['SPEECH_COMMAND'], message });
}

/** What the environment says of speech. */
export const speechConfig = settings.superRefine(checkSpeech);
