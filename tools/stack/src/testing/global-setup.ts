import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { keepForTeardown } from './teardown';
import { announceTestServers } from './test-servers';

/** Before a project's first test: gives its integration tests their servers; a project that has none needs none. */
export default async function globalSetup({ rootDir }: { readonly rootDir: string }): Promise<void> {
  if (!hasIntegrationTests(rootDir)) return;
  const { startServers } = await import('../servers/start-servers');
  const servers = await startServers({ say: (line) => process.stderr.write(`${line}\n`) });
  keepForTeardown(() => servers.stop());
  const { database, broker } = servers;
  announceTestServers({ databaseUrl: database.url, amqpUrl: broker.url, managementUrl: broker.managementUrl });
}

function hasIntegrationTests(rootDir: string): boolean {
  return readdirSync(join(rootDir, 'src'), { recursive: true, encoding: 'utf8' }).some((path) =>
    path.endsWith('.integration.test.ts'),
  );
}
