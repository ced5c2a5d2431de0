import type { PodrunError } from '../errors';

/** For `toThrow`: an error that has these. */
export const failure = (fields: Partial<PodrunError>): Error => expect.objectContaining(fields) as Error;
