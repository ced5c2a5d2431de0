export type SpeechErrorCode =
  /** No bytes at all. */
  | 'RECORDING_EMPTY'
  /** More than 5 MB. */
  | 'RECORDING_TOO_LARGE'
  /** More than 30 seconds. */
  | 'RECORDING_TOO_LONG'
  /** By its content, none of the formats that are taken. */
  | 'RECORDING_FORMAT_UNKNOWN'
  /** Of a known format, and cannot be decoded. */
  | 'RECORDING_CORRUPT'
  /** Nothing but silence, or noise too faint to be speech. */
  | 'RECORDING_SILENT'
  /** There is sound, and no word was recognised in it. */
  | 'NOTHING_RECOGNISED'
  /** It has to be converted, and nothing that could is installed. */
  | 'DECODER_MISSING'
  /** Nobody is there to recognise anything: none is configured, and none is installed. */
  | 'RECOGNISER_MISSING'
  /** The recogniser refuses for good: its configuration is wrong. */
  | 'RECOGNISER_REFUSED'
  /** The recogniser is away, too slow, or answers nonsense. */
  | 'RECOGNISER_FAILED';

/** A recording could not be turned into words. The message says what was wrong and what to do. */
export class SpeechError extends Error {
  /** Whether another try could end differently: only when it is the recogniser's fault of the moment. */
  readonly retryable: boolean;
  constructor(
    readonly code: SpeechErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SpeechError';
    this.retryable = code === 'RECOGNISER_FAILED';
  }
}
