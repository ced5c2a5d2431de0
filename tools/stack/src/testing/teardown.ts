/** Setup and teardown run in the same process, but jest loads each into a module registry of its own: only globals are shared. */
const kept = globalThis as { stopTestServers?: () => Promise<void> };

export function keepForTeardown(stop: () => Promise<void>): void {
  kept.stopTestServers = stop;
}

export async function tearDown(): Promise<void> {
  await kept.stopTestServers?.();
}
