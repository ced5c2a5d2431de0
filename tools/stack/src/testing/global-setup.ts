import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { keepForTeardown } from './teardown';
import { announceTestServers } from './test-servers';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What counts of jest's configuration. */
interface JestRun {
  /** The project's folder. */
  readonly rootDir: string;
  /** The command line names files by their paths, not by patterns. */
  readonly runTestsByPath?: boolean;
  /** The files that were asked for on the command line; all when none was named. */
  readonly testPathPatterns: { toExecutor(of: { rootDir: string }): { isMatch(path: string): boolean } };
}

/** Before a project's first test: gives its integration tests their servers; a run without such tests needs none. */
export default async function globalSetup(run: JestRun): Promise<void> {
  if (!hasIntegrationTests(run)) return;
  const { startServers } = await import('../servers/start-servers');
  const servers = await startServers({ say: (line) => process.stderr.write(`${line}\n`) });
  keepForTeardown(() => servers.stop());
  for (const signal of ENDING) {
    process.once(signal, () => {
      void servers.stop().finally(() => process.exit(128 + constants.signals[signal])); // Jest tears nothing down when interrupted.
    });
  }
  const { database, broker } = servers;
  announceTestServers({ databaseUrl: database.url, amqpUrl: broker.url, managementUrl: broker.managementUrl });
}

function hasIntegrationTests({ rootDir, runTestsByPath, testPathPatterns }: JestRun): boolean {
  const asked = runTestsByPath ? { isMatch: () => true } : testPathPatterns.toExecutor({ rootDir });
  return readdirSync(join(rootDir, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.integration.test.ts'))
    .some((path) => asked.isMatch(join(rootDir, 'src', path)));
}
