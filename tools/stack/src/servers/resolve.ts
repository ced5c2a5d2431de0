import { StackError } from '../errors';
import type { Place } from './place';
import type { BrokerServer, DatabaseServer, Kind } from './server';
import { aptSource } from './sources/apt';
import { dockerSource } from './sources/docker';
import { environmentSource } from './sources/environment';
import { installedSource } from './sources/installed';
import type { Source } from './sources/source';

/** The order in which servers are looked for. */
export function sourcesInOrder(env: NodeJS.ProcessEnv): readonly Source[] {
  return [environmentSource(env), installedSource, dockerSource, aptSource];
}

/**
 * Finds a database and a broker, each from the first source that has one, and says which and why. Neither is started.
 * @throws StackError NO_SERVER, with every source's reason and what to do.
 */
export async function resolveServers(
  sources: readonly Source[],
  place: Place,
): Promise<{ database: DatabaseServer; broker: BrokerServer }> {
  const found: { database?: DatabaseServer; broker?: BrokerServer } = {};
  const reasons: Record<Kind, string[]> = { database: [], broker: [] };
  for (const source of sources) {
    const wanted = (['database', 'broker'] as const).filter((kind) => found[kind] === undefined);
    if (wanted.length === 0) break;
    const offer = await source.offer(wanted, place);
    for (const kind of wanted) {
      const server = offer[kind];
      if (!server) {
        reasons[kind].push(offer.lacks[kind] ?? `${source.name} has none`);
        continue;
      }
      Object.assign(found, { [kind]: server });
      const because = reasons[kind].length > 0 ? `, as ${reasons[kind].join(' and ')}` : '';
      place.say(`${kind}: from ${source.name} (${server.origin})${because}`);
    }
  }
  const { database, broker } = found;
  if (database && broker) return { database, broker };
  throw new StackError('NO_SERVER', advice(reasons, found));
}

function advice(reasons: Record<Kind, string[]>, found: Partial<Record<Kind, unknown>>): string {
  const missing = (['database', 'broker'] as const).filter((kind) => found[kind] === undefined);
  return [
    ...missing.map((kind) => `no ${kind}: ${reasons[kind].join('; ')}`),
    'Do one of these and start again:',
    '  - install MariaDB or MySQL and RabbitMQ (Debian, Ubuntu: apt-get install mariadb-server rabbitmq-server; macOS: brew install mariadb rabbitmq)',
    '  - start Docker',
    '  - name servers that run: DATABASE_URL=mysql://user:password@host:3306/database AMQP_URL=amqp://user:password@host:5672',
  ].join('\n');
}
