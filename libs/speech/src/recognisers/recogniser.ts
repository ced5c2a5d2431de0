import type { CheckedRecording } from '../recording/check-recording';
import type { Hints } from '../speech';

/** A recording that is known to be sound. */
export interface Recording extends CheckedRecording {
  /** As it came. */
  readonly original: Uint8Array;
  /** 16,000 in a second, one channel. */
  readonly samples: Int16Array;
}

/** One way to recognise speech. */
export interface Recogniser {
  /** `pocketsphinx`, `command`, or the host of a service. */
  readonly name: string;
  /** For people: "pocketsphinx (English)". */
  readonly description: string;
  /**
   * @returns the words that were heard; empty when none were
   * @throws SpeechError RECOGNISER_MISSING, RECOGNISER_REFUSED or RECOGNISER_FAILED
   */
  recognise(recording: Recording, hints: Hints, signal: AbortSignal): Promise<string>;
}
