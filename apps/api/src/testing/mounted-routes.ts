import { openDatabase } from '@sorting-office/db';
import type { TaskRegistry } from '@sorting-office/tasks';
import { createApp, type AppParts } from '../app';
import { apiConfig } from '../config';
import { EventStream } from '../routes/events';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** Every route that Express has been given, `GET /api/tasks/:id`, whatever the documentation says. Nothing is connected for it. */
export function mountedRoutes(registry: TaskRegistry): string[] {
  const config = apiConfig.parse({ DATABASE_URL: 'mysql://u@127.0.0.1:1/d', AMQP_URL: 'amqp://127.0.0.1:1' });
  const database = openDatabase({ url: config.DATABASE_URL });
  const stream = new EventStream({ perAccount: 1, watch: { add: () => undefined, forget: () => undefined } });
  // What is not here is asked for by requests alone, and there are none.
  const app = createApp({ config, database, registry, version: '0', stream } as unknown as AppParts);
  const { stack } = app.router as unknown as { stack: Layer[] };
  const all = stack.flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : [],
  );
  return [...new Set(all)].sort();
}
