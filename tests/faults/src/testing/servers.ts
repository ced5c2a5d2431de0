import { type Servers, sourcesInOrder, startServers } from '@sorting-office/stack';

/** Servers of this file's own, to be killed; durable as in production, whatever servers the environment names. Stop them. */
export const ownServers = (): Promise<Servers> => startServers({ durable: true, sources: sourcesInOrder({}) });

/** Those of the test run, for faults that leave the servers themselves alone. */
export const sharedServers = (): Promise<Servers> => startServers();
