export { StackError, type StackErrorCode } from './errors';
export { makeSampleMailbox, type SampleMailboxOptions } from './sample/sample-mailbox';
export { Management } from './servers/broker/management';
export type { BrokerServer, DatabaseServer, Server } from './servers/server';
export { type Servers, startServers, type StartServersOptions } from './servers/start-servers';
export { createTestDatabase, type TestDatabase } from './testing/test-database';
export { testServers, type TestServers } from './testing/test-servers';
export { createTestVhost, type TestVhost } from './testing/test-vhost';
