import { run } from '../../process/run';
import { DockerBroker } from '../docker/docker-broker';
import { DockerDatabase } from '../docker/docker-database';
import type { Kind } from '../server';
import type { Place } from '../place';
import type { Offer, Source } from './source';

const ANSWER_WITHIN = 5_000;

/** Containers, when a Docker engine answers. */
export const dockerSource: Source = {
  name: 'Docker',
  async offer(wanted: readonly Kind[], place: Place): Promise<Offer> {
    try {
      await run('docker', ['version', '--format', '{{.Server.Version}}'], {
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
    } catch {
      return { lacks: Object.fromEntries(wanted.map((kind) => [kind, 'no Docker engine answers'])) };
    }
    return {
      ...(wanted.includes('database') && { database: new DockerDatabase(place) }),
      ...(wanted.includes('broker') && { broker: new DockerBroker(place) }),
      lacks: {},
    };
  },
};
