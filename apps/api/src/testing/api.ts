/** For tests of the API: one that listens, with a database, a virtual host, two accounts and an operator of one's own, and no worker anywhere. */
import { createToken, Task } from '@sorting-office/db';
import { migratedDatabase } from '@sorting-office/db/testing';
import { createBrokerUser, createTestVhost } from '@sorting-office/stack';
import { defineTask, done, TaskRegistry } from '@sorting-office/tasks';
import { createLogger, startTelemetry } from '@sorting-office/telemetry';
import { z } from 'zod';
import { Api } from '../api';
import { apiConfig } from '../config';

export const greet = defineTask({
  name: 'greet',
  description: 'Greet somebody',
  payload: z.object({ who: z.string().min(1).max(100), loud: z.boolean().default(false) }),
  result: z.object({ greeting: z.string() }),
  queue: 'bulk',
  run: ({ who }) => Promise.resolve(done({ greeting: `Hello ${who}` })),
});

export const once = defineTask({
  name: 'once',
  description: 'One at a time',
  payload: z.object({ key: z.string() }),
  result: z.void(),
  queue: 'default',
  unique: ({ key }) => key,
  run: () => Promise.resolve(done()),
});

export const hidden = defineTask({
  name: 'hidden',
  description: 'For other tasks alone',
  payload: z.object({}),
  result: z.void(),
  queue: 'default',
  internal: true,
  run: () => Promise.resolve(done()),
});

export interface Answer {
  status: number;
  headers: Headers;
  // What a test asks for is for it to say.
  body: Record<string, unknown> & { items?: Record<string, unknown>[]; next?: string | null };
}

export async function startApi(
  overrides: Record<string, string> = {},
  registry = new TaskRegistry([greet, once, hidden]),
) {
  const [home, vhost] = await Promise.all([migratedDatabase(), createTestVhost()]);
  const user = await createBrokerUser(vhost);
  const config = apiConfig.parse({
    DATABASE_URL: home.programUrl,
    AMQP_URL: user.amqpUrl,
    API_HOST: '127.0.0.1',
    API_PORT: '0',
    API_SHUTDOWN_DELAY_SECONDS: '0',
    API_RATE_LIMIT_PER_MINUTE: '0',
    API_FAILED_AUTH_PER_MINUTE: '0',
    ...overrides,
  });
  const telemetry = await startTelemetry({ name: 'test', version: '0' });
  const log = createLogger({ service: 'api', level: 'silent' });
  const api = await Api.start({
    config,
    registry,
    log,
    telemetry,
    version: '0',
  });
  const url = `http://127.0.0.1:${api.port}`;
  const [token, otherToken, operatorToken] = await home.database.transaction(async (db) => [
    await createToken(db, 'owner', 'test'),
    await createToken(db, 'somebody else', 'test'),
    await createToken(db, 'operations', 'test', 'operator'),
  ]);

  return {
    ...home,
    api,
    url,
    databaseUrl: home.url,
    amqpUrl: vhost.amqpUrl,
    token,
    otherToken,
    operatorToken,

    /** Asks the API with the owner's token, or another one, or none. */
    async ask(
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
      secret: string | null = token,
    ): Promise<Answer> {
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(secret !== null && { authorization: `Bearer ${secret}` }),
          ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          body: typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body),
        }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: JSON.parse(text || '{}') as Answer['body'] };
    },

    tasks: () => home.database.read((db) => db(Task).orderBy('id')),

    async close(): Promise<void> {
      await api.stop();
      await telemetry.stop();
      await user.drop();
      await vhost.drop();
      await home.drop();
    },
  };
}

export type TestApi = Awaited<ReturnType<typeof startApi>>;
