// The same queries by ear: spoken by a program, recognised, and then understood.
import type { MailQuery } from '@sorting-office/mail';
import { SpeechError, type Hints, type Speech } from '@sorting-office/speech';
import { isExact, measure, type Figures } from '../metrics';
import { moment, type SaidQuery } from '../query-set';
import type { Miss, Understand } from '../text-evaluation';
import { wordErrorRate, wordErrors } from './word-errors';

export interface AudioEvaluation {
  readonly figures: Figures;
  /** The same queries as text: what is lost beyond this is lost by ear. */
  readonly asText: Figures;
  readonly wordErrorRate: number;
  /** How many recordings no word was recognised in. */
  readonly unheard: number;
  /** How long all recordings are. */
  readonly secondsSpoken: number;
  /** Seconds of recognising by seconds of speech, the conversion of the recording included. */
  readonly realTimeFactor: number;
  readonly misses: readonly Miss[];
}

export interface AudioEvaluationOptions {
  /** @returns a WAV file of 16-bit samples on one channel. */
  readonly speak: (text: string) => Promise<Uint8Array>;
  readonly speech: Speech;
  readonly hints: Hints;
  readonly understand: Understand;
  readonly signal: AbortSignal;
}

/** One after the other, so that the real-time factor is that of a single core. @throws SpeechError when nothing can be recognised at all. */
export async function evaluateAudio(
  queries: readonly SaidQuery[],
  options: AudioEvaluationOptions,
): Promise<AudioEvaluation> {
  const spoken = [];
  for (const query of queries) spoken.push({ ...query, ...(await hear(query.said, options)) });
  const pairs = spoken.map(({ said, heard, query }) => ({
    said,
    heard,
    expected: query,
    got: understandIfAny(heard, options.understand),
  }));
  const secondsSpoken = spoken.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    figures: measure(pairs),
    asText: measure(
      queries.map(({ said, query }) => ({ expected: query, got: options.understand(said, moment).query })),
    ),
    wordErrorRate: wordErrorRate(spoken.map(({ said, heard }) => wordErrors(said, heard))),
    unheard: spoken.filter(({ heard }) => heard === '').length,
    secondsSpoken,
    realTimeFactor: spoken.reduce((sum, { took }) => sum + took, 0) / secondsSpoken,
    misses: pairs.filter((pair) => !isExact(pair)),
  };
}

/** Sentences of words alone: quotes, operators and figures are typed, or read out in more than one way. */
export const isSpeakable = ({ said }: SaidQuery) => /^[a-z\s,.?!'’-]+$/i.test(said) && !/\w\.\w/.test(said);

/** @returns at most `limit` of them, evenly from all over the list, and always the same. */
export function sample<T>(list: readonly T[], limit: number): T[] {
  const taken = new Set(Array.from({ length: limit }, (_, index) => Math.floor((index * list.length) / limit)));
  return list.filter((_, index) => taken.has(index));
}

async function hear(said: string, { speak, speech, hints, signal }: AudioEvaluationOptions) {
  const recording = await speak(said);
  const started = performance.now();
  const heard = await speech.recognise(recording, hints, signal).catch((error: unknown) => {
    if (error instanceof SpeechError && error.code === 'NOTHING_RECOGNISED') return undefined;
    throw error;
  });
  const took = (performance.now() - started) / 1000;
  return { heard: heard?.text ?? '', seconds: heard?.seconds ?? secondsOf(recording), took };
}

const understandIfAny = (heard: string, understand: Understand): MailQuery =>
  heard === '' ? {} : understand(heard, moment).query;

/** Of 16-bit samples on one channel, whose header is 44 bytes long and says their rate at byte 24. */
const secondsOf = (wav: Uint8Array) =>
  (wav.length - 44) / 2 / new DataView(wav.buffer, wav.byteOffset).getUint32(24, true);
