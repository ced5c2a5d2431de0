import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { keepForTeardown } from './teardown';
import { announceTestServers } from './test-servers';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Before a project's first test: gives its integration tests their servers; a project that has none needs none. */
export default async function globalSetup({ rootDir }: { readonly rootDir: string }): Promise<void> {
  if (!hasIntegrationTests(rootDir)) return;
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

function hasIntegrationTests(rootDir: string): boolean {
  return readdirSync(join(rootDir, 'src'), { recursive: true, encoding: 'utf8' }).some((path) =>
    path.endsWith('.integration.test.ts'),
  );
}
