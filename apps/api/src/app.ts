import type { DeadLetterBox, EventSender, Outbox } from '@sorting-office/broker';
import type { Database, SchemaGate } from '@sorting-office/db';
import type { TaskRegistry } from '@sorting-office/tasks';
import type { Logger, Telemetry } from '@sorting-office/telemetry';
import express, { type Express } from 'express';
import helmet from 'helmet';
import swaggerUi from 'swagger-ui-express';
import { authenticate } from './http/authenticate';
import { requireAddress } from './http/broken-requests';
import { jsonBody } from './http/json-body';
import { openApiDocument } from './http/openapi';
import { Problem, problemHandler, sendProblem } from './http/problem';
import { mountRoutes } from './http/route';
import { deadLetterRoutes } from './routes/dead-letters';
import type { EventStream } from './routes/events';
import { mailboxRoutes } from './routes/mailboxes';
import { mailRoutes } from './routes/mails';
import { searchRoutes } from './routes/searches';
import { scheduleRoutes } from './routes/schedules';
import { taskRoutes } from './routes/tasks';
import { tokenRoute } from './routes/token';
import type { TaskEnds } from './tasks/task-ends';

export interface AppParts {
  database: Database;
  gate: SchemaGate;
  outbox: Outbox;
  events: EventSender;
  deadLetters: DeadLetterBox;
  stream: EventStream;
  ends: TaskEnds;
  registry: TaskRegistry;
  telemetry: Telemetry;
  log: Logger;
  version: string;
  /** Why requests cannot be served; empty when they can. */
  notReady: () => string[];
}

/** Largest request body, in bytes: a payload and some room. */
const maxBodyBytes = 512 * 1024;

/**
 * The HTTP side of the API.
 *
 * ```
 *   /healthz/*  /metrics  /api/docs  /api/openapi.json     open to all
 *   /api/*      schema gate open? --> whose token? --> JSON body --> route
 * ```
 */
export function createApp(parts: AppParts): Express {
  const { database, gate, deadLetters, stream, telemetry, log, version, notReady } = parts;
  const routes = [
    ...taskRoutes(parts),
    ...mailboxRoutes(database),
    ...mailRoutes(parts),
    ...searchRoutes(parts),
    ...scheduleRoutes(parts),
    ...deadLetterRoutes(deadLetters),
    tokenRoute,
    stream.route,
  ];
  const document = openApiDocument(routes, version);

  const app = express();
  app.disable('x-powered-by');
  app.use(helmet(), requireAddress);
  app.get('/healthz/live', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/healthz/ready', (_request, response) => {
    const reasons = notReady();
    response.status(reasons.length === 0 ? 200 : 503).json({ status: reasons.length === 0 ? 'ok' : 'not ok', reasons });
  });
  app.get('/metrics', (request, response) => telemetry.serveMetrics(request, response));
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
  app.use('/api/docs', swaggerUi.serve, swaggerUi.setup(document));

  app.use('/api', (_request, _response, next) => {
    if (!gate.state.open) throw new Problem(503, 'SCHEMA_NOT_READY', gate.state.reason);
    next();
  });
  app.use('/api', authenticate(database), jsonBody(maxBodyBytes));
  mountRoutes(app, routes);
  app.use((request, response) => {
    sendProblem(response, new Problem(404, 'NOT_FOUND', `there is nothing at ${request.method} ${request.path}`));
  });
  app.use(problemHandler({ log, onOutage: (error) => gate.close(error) }));
  return app;
}
