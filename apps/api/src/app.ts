import type { DeadLetterBox, EventSender, Outbox } from '@sorting-office/broker';
import type { Database, SchemaGate } from '@sorting-office/db';
import type { TaskRegistry } from '@sorting-office/tasks';
import type { Logger, Telemetry } from '@sorting-office/telemetry';
import express, { type ErrorRequestHandler, type Express } from 'express';
import swaggerUi from 'swagger-ui-express';
import { AuditTrail } from './access/audit-trail';
import { FailureLimit, RequestLimit } from './access/limits';
import type { UseNotes } from './access/use-notes';
import type { ApiConfig } from './config';
import { authenticate } from './http/authenticate';
import { requireAddress } from './http/broken-requests';
import { jsonBody } from './http/json-body';
import { openApiDocument } from './http/openapi';
import { Problem, problemHandler, sendProblem } from './http/problem';
import { limitRequest } from './http/request-limits';
import { mountRoutes, type Route } from './http/route';
import { dataHeaders, docsHeaders } from './http/security-headers';
import { auditRoute } from './routes/audit';
import { deadLetterRoutes } from './routes/dead-letters';
import type { EventStream } from './routes/events';
import { mailboxRoutes } from './routes/mailboxes';
import { mailRoutes } from './routes/mails';
import { searchRoutes } from './routes/searches';
import { scheduleRoutes } from './routes/schedules';
import { taskRoutes } from './routes/tasks';
import { sessionRoutes } from './routes/session';
import { tokenRoute } from './routes/token';
import { tokenRoutes } from './routes/tokens';
import type { TaskEnds } from './tasks/task-ends';

export interface AppParts {
  config: ApiConfig;
  database: Database;
  gate: SchemaGate;
  outbox: Outbox;
  events: EventSender;
  deadLetters: DeadLetterBox;
  stream: EventStream;
  uses: UseNotes;
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
/** The same for who has not said who they are. */
const maxSecretBytes = 4096;

/**
 * The HTTP side of the API.
 *
 * ```
 *   /healthz/*  /metrics  /api/docs  /api/openapi.json     open to all
 *   /api/*      schema gate open? --> not too many failures? --> whose token or session? --> not too many requests? --> JSON body --> route
 * ```
 */
export function createApp(parts: AppParts): Express {
  const { config, gate, telemetry, log, version, notReady } = parts;
  const trail = new AuditTrail(parts.database, log);
  const requests = new RequestLimit(config.API_RATE_LIMIT_PER_MINUTE);
  const routes = apiRoutes({ ...parts, database: trail.database, mailboxRoot: config.MAILBOX_ROOT, requests });
  const document = openApiDocument(routes, version);

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.API_TRUST_PROXY);
  app.use('/api/docs', docsHeaders);
  app.use((request, response, next) => {
    if (response.hasHeader('content-security-policy')) next();
    else dataHeaders(request, response, next);
  });
  app.use(limitRequest, requireAddress);
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
    // Nobody has said yet who they are: the reason, which may name servers and users, is at /healthz/ready and in the log.
    if (!gate.state.open)
      throw new Problem(503, 'SCHEMA_NOT_READY', 'the database is not as it has to be: try again later');
    next();
  });
  const failures = new FailureLimit(config.API_FAILED_AUTH_PER_MINUTE);
  app.use('/api', failures.check);
  const open = routes.filter((route) => route.open);
  for (const { method, path } of open) app[method](path, jsonBody(maxSecretBytes));
  mountRoutes(app, open, trail);
  app.use('/api', authenticate(parts.database, parts.uses), requests.handler);
  app.use('/api', jsonBody(maxBodyBytes));
  mountRoutes(
    app,
    routes.filter((route) => !route.open),
    trail,
  );
  app.use((request, response) => {
    sendProblem(response, new Problem(404, 'NOT_FOUND', `there is nothing at ${request.method} ${request.path}`));
  });
  app.use((async (error, request, response, next) => {
    await failures.count(error, request, response);
    next(error);
  }) satisfies ErrorRequestHandler);
  app.use(problemHandler({ log, onOutage: (error) => gate.close(error) }));
  return app;
}

type RouteParts = Omit<AppParts, 'config' | 'gate' | 'uses' | 'telemetry' | 'log' | 'version' | 'notReady'> & {
  /** The folder that mailboxes must be in; null for anywhere. */
  mailboxRoot: string | null;
  requests: RequestLimit;
};

/** Every route under `/api`. */
export function apiRoutes(parts: RouteParts): Route[] {
  const { database, deadLetters, stream, mailboxRoot, requests } = parts;
  return [
    ...taskRoutes(parts),
    ...mailboxRoutes(database, mailboxRoot),
    ...mailRoutes(parts),
    ...searchRoutes(parts),
    ...scheduleRoutes(parts),
    ...deadLetterRoutes(deadLetters),
    ...tokenRoutes(database),
    ...sessionRoutes(database, requests),
    auditRoute(database),
    tokenRoute,
    stream.route,
  ];
}
