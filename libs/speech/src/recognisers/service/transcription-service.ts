// A service with OpenAI's `POST /v1/audio/transcriptions`: whisper.cpp's server, speaches, LocalAI, Groq, OpenAI itself.
// https://platform.openai.com/docs/api-reference/audio/createTranscription
import { z } from 'zod';
import { SpeechError } from '../../errors';
import { wavOf } from '../../recording/wav';
import type { Hints } from '../../speech';
import type { Recogniser, Recording } from '../recogniser';
import { readBounded } from './read-bounded';

/** Bytes of an answer that are read. */
const MAX_ANSWER = 256 * 1024;
/** Characters of an error's answer that are shown. */
const MAX_SHOWN = 300;
/** Characters of names in the prompt: whisper reads its last 224 tokens. */
const MAX_PROMPT = 400;

const answerSchema = z.object({ text: z.string() });

export interface Service {
  readonly url: string;
  readonly key?: string | undefined;
  readonly model: string;
  readonly timeoutMs: number;
}

export class TranscriptionService implements Recogniser {
  readonly name: string;
  readonly description: string;
  private readonly endpoint: URL;

  constructor(private readonly service: Service) {
    this.endpoint = endpointOf(service.url);
    this.name = this.endpoint.host;
    this.description = `${this.endpoint.host} (${service.model})`;
  }

  async recognise(recording: Recording, hints: Hints, signal: AbortSignal): Promise<string> {
    const limit = AbortSignal.timeout(this.service.timeoutMs);
    const { status, body } = await this.ask(
      form(recording, hints, this.service.model),
      AbortSignal.any([signal, limit]),
    ).catch((error: unknown) => {
      signal.throwIfAborted();
      const why = limit.aborted ? `no answer within ${this.service.timeoutMs / 1000} seconds` : reasonOf(error);
      throw new SpeechError('RECOGNISER_FAILED', `${this.name}: ${why}`, { cause: error });
    });
    if (status < 200 || status > 299) throw this.refusal(status, body);
    const answer = answerSchema.safeParse(parseJson(body));
    if (!answer.success)
      throw new SpeechError('RECOGNISER_FAILED', `${this.name} answered without a text: ${this.shown(body)}`);
    return answer.data.text;
  }

  private async ask(body: FormData, signal: AbortSignal): Promise<{ status: number; body: string }> {
    const { key } = this.service;
    const response = await fetch(this.endpoint, {
      method: 'POST',
      body,
      signal,
      redirect: 'error', // The key and the recording are for this address alone.
      headers: { accept: 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
    });
    return { status: response.status, body: await readBounded(response, MAX_ANSWER) };
  }

  private refusal(status: number, body: string): SpeechError {
    const later = status === 408 || status === 429 || status >= 500;
    return new SpeechError(
      later ? 'RECOGNISER_FAILED' : 'RECOGNISER_REFUSED',
      `${this.name} answered ${status}: ${this.shown(body)}`,
    );
  }

  /** Some services repeat the key that they refuse. */
  private shown(body: string): string {
    const { key } = this.service;
    const safe = key === undefined ? body : body.replaceAll(key, '…');
    return safe.replace(/\s+/g, ' ').trim().slice(0, MAX_SHOWN).toWellFormed();
  }
}

/** "http://host", "http://host/v1" and "http://host/v1/" are the same service. */
function endpointOf(url: string): URL {
  const endpoint = new URL(url);
  const base = endpoint.pathname.replace(/\/+$/, '');
  endpoint.pathname = `${base.endsWith('/v1') ? base : `${base}/v1`}/audio/transcriptions`;
  return endpoint;
}

function form(
  { original, samples, format, mediaType }: Recording,
  { language, names }: Hints,
  model: string,
): FormData {
  const body = new FormData();
  // These services take all our formats but some codecs within WAV; plain samples they all take.
  const content = format === 'wav' ? wavOf(samples) : original;
  body.set('file', new Blob([new Uint8Array(content)], { type: mediaType }), `recording.${format}`);
  body.set('model', model);
  body.set('response_format', 'json');
  body.set('temperature', '0');
  if (language !== undefined) body.set('language', language);
  const prompt = promptOf(names);
  if (prompt !== '') body.set('prompt', prompt);
  return body;
}

/** As many of the names as fit, the first ones. */
function promptOf(names: readonly string[]): string {
  let prompt = '';
  for (const name of names) {
    const longer = prompt === '' ? name : `${prompt}, ${name}`;
    if (longer.length > MAX_PROMPT) break;
    prompt = longer;
  }
  return prompt;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Then it is no answer.
  }
}

/** "fetch failed" says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message: string; cause?: { message?: string; code?: string } };
  return [cause?.message, cause?.code, message].find(Boolean) ?? 'no answer';
}
