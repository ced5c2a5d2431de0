// English queries spoken by a voice of this machine, and recognised as a worker would do it: with the names of a mailbox, and
// with sentences that were not made from these queries.
import { spokenQueries } from '@sorting-office/mail';
import type { Speech } from '@sorting-office/speech';
import { halves, readQueries, type Half } from '../query-set';
import type { Understand } from '../text-evaluation';
import { evaluateAudio, isSpeakable, sample, type AudioEvaluation } from './audio-evaluation';
import { mailboxNames } from './mailbox-names';
import { speak, type Voice } from './voices';

export interface ByEarOptions {
  readonly speech: Speech;
  readonly voice: Voice;
  readonly half: Half;
  /** How many queries, from all over the half. */
  readonly limit: number;
  readonly understand: Understand;
}

/** @throws SpeechError RECOGNISER_MISSING, when nothing is there to recognise speech. */
export function evaluateByEar({ speech, voice, half, limit, understand }: ByEarOptions): Promise<AudioEvaluation> {
  const names = mailboxNames(halves.flatMap((each) => readQueries('en', each)));
  return evaluateAudio(sample(readQueries('en', half).filter(isSpeakable), limit), {
    speak: (text) => speak(voice, text),
    speech,
    hints: { language: 'en', sentences: spokenQueries(names), names },
    understand,
    signal: new AbortController().signal,
  });
}
