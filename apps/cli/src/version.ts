import manifest from '../package.json' with { type: 'json' };

/** Which build this is. */
export const version: string = manifest.version;
