/** Speech is a recording in, and the words that were said out; who recognises them is a matter of configuration. */

/** What is known beforehand of what may be said. A recogniser uses of it what it can. */
export interface Hints {
  /** The language, as ISO 639-1; absent: the recogniser finds out, or has only one. */
  readonly language?: 'en' | 'uk';
  /** Sentences of the kind that is expected. */
  readonly sentences: readonly string[];
  /** Names of people that may occur. */
  readonly names: readonly string[];
}

/** What was heard. */
export interface Heard {
  /** Never empty. */
  readonly text: string;
  /** Who has recognised it: `pocketsphinx`, `command`, or the host of a service. */
  readonly recogniser: string;
  /** How long the recording is, in seconds. */
  readonly seconds: number;
}

export interface Speech {
  /**
   * Recognises what is said in a recording.
   *
   * @param recording a whole file: WAV, WebM, Ogg, MP4 or MP3.
   * @throws SpeechError, the signal's reason when it aborts, and errors of the file system as they are
   */
  recognise(recording: Uint8Array, hints: Hints, signal: AbortSignal): Promise<Heard>;
}
