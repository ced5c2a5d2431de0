import { tmpdir } from 'node:os';

/** Where this machine has what speech needs. */
export interface Surroundings {
  /** Folders with programs, as in the variable PATH. */
  readonly path: string;
  /** Where private folders are made for as long as a recognition takes. */
  readonly temporaryFolder: string;
  /** pocketsphinx's English model: `en-us` (acoustic) and `cmudict-en-us.dict` are in it. */
  readonly modelFolder: string;
}

/** This machine's own, with Debian's places. */
export const ourSurroundings = (): Surroundings => ({
  path: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
  temporaryFolder: tmpdir(),
  modelFolder: '/usr/share/pocketsphinx/model/en-us',
});
