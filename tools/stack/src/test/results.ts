import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What counts in the file that `jest --json` writes for each project. */
const JestResult = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  /** Files that could not even be run. */
  numRuntimeErrorTestSuites: z.number(),
});

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Adds up the results of all projects; a test file that could not be run counts as one failed test. */
export function countResults(folder: string): Count {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return files
    .map((name) => JestResult.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .reduce<Count>(
      ({ passed, failed }, result) => ({
        passed: passed + result.numPassedTests,
        failed: failed + result.numFailedTests + result.numRuntimeErrorTestSuites,
      }),
      { passed: 0, failed: 0 },
    );
}
