import { join } from 'node:path';
import {
  ManagedProcess,
  mark,
  onFreePorts,
  type Program,
  secret,
  serverFolder,
  serviceUser,
  writeOwned,
} from '@sorting-office/stack';
import { Redis } from 'ioredis';
import type { PeerServer, ServerPlace } from './place';

export const redisProgram: Program = {
  package: 'redis-server',
  has: 'redis-server',
  without: 'BullMQ, and Flask with RQ, are left out',
  service: 'redis-server',
};

/**
 * An empty Redis on a free port of 127.0.0.1, that writes each command to the disk before it answers.
 *
 * @throws StackError when it does not start
 */
export async function startRedis({ home, signal, say }: ServerPlace): Promise<PeerServer> {
  const user = serviceUser('redis');
  const folder = await serverFolder({ home, say }, 'redis', user);
  const password = secret(join(folder, 'password'), user);
  let url = '';
  let version = '';
  let server: ManagedProcess | undefined;
  await onFreePorts(1, async ([port]) => {
    url = `redis://:${password}@127.0.0.1:${port}`;
    const configuration = join(folder, 'redis.conf');
    writeOwned(
      configuration,
      [
        'bind 127.0.0.1',
        `port ${port}`,
        `requirepass ${password}`,
        `dir ${folder}`,
        'appendonly yes',
        'appendfsync always',
        'save ""',
        'maxmemory-policy noeviction',
        'set-proc-title no', // Over its environment, that is, by whose mark it is found.
        '',
      ].join('\n'),
      user,
    );
    server = new ManagedProcess({
      name: 'redis',
      file: 'redis-server',
      args: [configuration],
      env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...mark(home) },
      cwd: '/',
      user,
      output: join(home, 'log', 'redis.log'),
      ready: async () => {
        version = await versionAt(url);
      },
      readyWithin: 30_000,
      stopWithin: 30_000,
    });
    await server.start(signal);
  });
  const stop = async () => server?.kill(); // Nobody will ask for its data again.
  signal.addEventListener('abort', () => void stop());
  return { url, about: `redis ${version}: appendonly yes, appendfsync always`, stop };
}

async function versionAt(url: string): Promise<string> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => {
    // Whoever asks is told by the promise.
  });
  try {
    await redis.connect();
    return /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? '';
  } finally {
    redis.disconnect();
  }
}
