import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countResults } from './results';

test('results of all projects are added up, and a file that could not be run counts as failed', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'results-')), 'test-results');
  expect(countResults(folder)).toEqual({ passed: 0, failed: 0 });
  mkdirSync(folder);
  const write = (project: string, result: object) =>
    writeFileSync(join(folder, `${project}.json`), JSON.stringify(result));
  write('db', { numPassedTests: 40, numFailedTests: 1, numRuntimeErrorTestSuites: 0, numTotalTests: 41 });
  write('mail', { numPassedTests: 2, numFailedTests: 0, numRuntimeErrorTestSuites: 1 });
  expect(countResults(folder)).toEqual({ passed: 42, failed: 2 });
  rmSync(join(folder, '..'), { recursive: true });
});
