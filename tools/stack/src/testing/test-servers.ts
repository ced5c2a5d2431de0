import { StackError } from '../errors';

/** Addresses of the servers that tests may use. */
export interface TestServers {
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  readonly managementUrl: string;
}

/**
 * The servers that the jest setup has found or started.
 * @throws StackError NO_TEST_SERVERS outside of a jest run that has them.
 */
export function testServers(): TestServers {
  return {
    databaseUrl: read('TEST_DATABASE_URL'),
    amqpUrl: read('TEST_AMQP_URL'),
    managementUrl: read('TEST_MANAGEMENT_URL'),
  };
}

/** Hands the addresses on to the tests, which run in other processes. */
export function announceTestServers({ databaseUrl, amqpUrl, managementUrl }: TestServers): void {
  Object.assign(process.env, {
    TEST_DATABASE_URL: databaseUrl,
    TEST_AMQP_URL: amqpUrl,
    TEST_MANAGEMENT_URL: managementUrl,
  });
}

function read(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new StackError(
    'NO_TEST_SERVERS',
    `${name} is not set: tests that need servers must be named *.integration.test.ts and run with the workspace's jest.config.mjs`,
  );
}
