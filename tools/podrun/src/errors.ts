/** What can go wrong when manifests are run here, as stable codes. */
export type PodrunErrorCode = 'UNKNOWN_FIELD' | 'INVALID_MANIFEST' | 'MISSING_REFERENCE' | 'UNSUPPORTED';

/** An error of podrun; its message names the place in the manifest. */
export class PodrunError extends Error {
  override readonly name = 'PodrunError';

  constructor(
    readonly code: PodrunErrorCode,
    message: string,
  ) {
    super(message);
  }
}
