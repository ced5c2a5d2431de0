/** APIs and workers as processes of their own, ready for what is measured. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createToken } from '@sorting-office/db';
import { freePort } from '@sorting-office/stack';
import { type Child, startChild, startProgram } from './child';
import { imageEnv } from './image';
import type { Place } from './place';

const workspace = join(import.meta.dirname, '../../..');

/** How often a program is asked whether it is ready, in milliseconds. */
const lookMs = 100;

/** What starts a program with more in its environment. */
export type Start = (env: Record<string, string>) => Child;

/** One of `bench/src/programs`. */
export const programOfBench =
  (name: string): Start =>
  (env) =>
    startProgram(name, env);

/** A built app as it is deployed. */
export const builtApp =
  (name: 'api' | 'worker'): Start =>
  (env) =>
    startChild(process.execPath, [join(workspace, 'apps', name, 'dist/main.js')], env);

export interface ServedApi {
  readonly url: string;
  /** Of the place's account. */
  readonly token: string;
  readonly child: Child;
}

/** Starts an API, and resolves when it is ready. It refuses nobody for asking too often. */
export async function serveApi(place: Place, start: Start): Promise<ServedApi> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = start({
    ...imageEnv('api'),
    DATABASE_URL: place.databaseUrl,
    AMQP_URL: place.amqpUrl,
    API_HOST: '127.0.0.1',
    API_PORT: String(port),
    API_RATE_LIMIT_PER_MINUTE: '0',
    API_SHUTDOWN_DELAY_SECONDS: '0',
  });
  const token = await place.database.transaction((db) => createToken(db, 'bench', 'bench'));
  await whenReady(url, child);
  return { url, token, child };
}

/**
 * Starts a worker, and resolves when it takes tasks.
 *
 * @param env which queues it takes from, and how many tasks at a time
 */
export async function serveWorker(place: Place, start: Start, env: Record<string, string>): Promise<Child> {
  const port = await freePort();
  const child = start({
    ...imageEnv('worker'),
    DATABASE_URL: place.databaseUrl,
    AMQP_URL: place.amqpUrl,
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: String(port),
    ...env,
  });
  await whenReady(`http://127.0.0.1:${port}`, child);
  return child;
}

async function whenReady(url: string, child: Child): Promise<void> {
  for (;;) {
    const ready = fetch(`${url}/healthz/ready`).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
    if (await Promise.race([ready, child.died])) return;
    await Promise.race([sleep(lookMs), child.died]);
  }
}
