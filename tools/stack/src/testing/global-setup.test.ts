import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import globalSetup from './global-setup';
import { testServers } from './test-servers';

describe('a jest run without integration tests', () => {
  const before = { ...process.env };
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'project-'));
    mkdirSync(join(project, 'src'));
    for (const name of ['TEST_DATABASE_URL', 'TEST_AMQP_URL', 'TEST_MANAGEMENT_URL'])
      Reflect.deleteProperty(process.env, name);
  });

  afterEach(() => {
    Object.assign(process.env, before);
    rmSync(project, { recursive: true });
  });

  const asking = (isMatch: (path: string) => boolean) => ({
    rootDir: project,
    testPathPatterns: { toExecutor: () => ({ isMatch }) },
  });

  test.each([
    ['the project has none', 'plain.test.ts', () => true],
    ['it was asked for others', 'heavy.integration.test.ts', (path: string) => !path.includes('heavy')],
  ])('gets no servers, as %s, and a test that wants them is told what to do', async (_, file, isMatch) => {
    writeFileSync(join(project, 'src', file), '');
    await globalSetup(asking(isMatch));
    expect(() => testServers()).toThrow(
      /TEST_DATABASE_URL is not set: tests that need servers must be named \*\.integration/,
    );
  });
});
