import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ourSurroundings, type Surroundings } from '../surroundings';

/** This machine's programs, with a folder for temporary files that has to be empty in the end. */
export class TestSurroundings implements Surroundings {
  readonly temporaryFolder: string;
  readonly modelFolder = ourSurroundings().modelFolder;

  /** @param name how the folder's name begins */
  constructor(
    readonly path = ourSurroundings().path,
    name = 'speech-test-',
  ) {
    this.temporaryFolder = mkdtempSync(join(tmpdir(), name));
  }

  /** Names of what is there. */
  get left(): string[] {
    return readdirSync(this.temporaryFolder);
  }

  /** For the end of each test: what was left is an error of what was tested. */
  remove(): void {
    const { left } = this;
    rmSync(this.temporaryFolder, { recursive: true });
    expect(left).toEqual([]);
  }
}
