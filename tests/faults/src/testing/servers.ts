import { type Servers, sourcesInOrder, startServers } from '@sorting-office/stack';

/** Servers of this file's own, durable as in production, whatever servers the environment names. Stop them. */
export const ownServers = (): Promise<Servers> => startServers({ durable: true, sources: sourcesInOrder({}) });
