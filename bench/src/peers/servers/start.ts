import type { Program, Servers } from '@sorting-office/stack';
import type { PeerServer, ServerPlace } from './place';
import { startPostgres } from './postgres';
import { startRedis } from './redis';

/** The servers that peers may work with. */
export interface PeerServers {
  servers: Servers;
  /** The address of an empty PostgreSQL; empty when nobody needs one. */
  postgres: string;
  /** The address of an empty Redis; empty when nobody needs one. */
  redis: string;
  stop(): Promise<void>;
}

/** Starts those servers that are among the programs. When one fails, none is left running. */
export async function startPeerServers(
  servers: Servers,
  programs: readonly Program[],
  place: Omit<ServerPlace, 'home'>,
): Promise<PeerServers> {
  const started: PeerServer[] = [];
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()));
  };
  const startIfNeeded = async (name: string, start: (at: ServerPlace) => Promise<PeerServer>) => {
    if (!programs.some((program) => program.package === name)) return '';
    const server = await start({ ...place, home: servers.home });
    started.push(server);
    place.say(server.about);
    return server.url;
  };
  try {
    const postgres = await startIfNeeded('postgresql', startPostgres);
    const redis = await startIfNeeded('redis-server', startRedis);
    return { servers, postgres, redis, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
