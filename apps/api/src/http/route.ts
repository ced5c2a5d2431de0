/**
 * A route is data: its schemas validate requests, type the handler and make the OpenAPI page, so that the three cannot differ.
 */
import type { Bearer, TokenScope } from '@sorting-office/db';
import type { Express, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { AuditTrail } from '../access/audit-trail';
import { Problem } from './problem';

type Schema = z.ZodType;
type Output<S extends Schema | undefined> = S extends Schema ? z.output<S> : undefined;

export interface RouteInput<
  Params extends Schema | undefined,
  Query extends Schema | undefined,
  Body extends Schema | undefined,
> {
  params: Output<Params>;
  query: Output<Query>;
  body: Output<Body>;
  /** The account whose token the request carries. */
  accountId: string;
  /** What the token may be used for. */
  scope: TokenScope;
  request: Request;
  /** Who asks; nobody yet where the route is open. */
  bearer: Bearer;
  response: Response;
}

/** What a route answers: a status, its body, and where else to look. */
export interface RouteAnswer {
  status: number;
  body?: unknown;
  location?: string;
}

export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Express' notation: `/api/tasks/:id`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** Whether only operators may ask. */
  readonly operator?: boolean;
  /** What the log of who did what calls it. Every route has one that changes something, or shows what belongs to others. */
  readonly action?: string;
  /** Whether it is there for who has not said who they are. */
  readonly open?: boolean;
  readonly params?: z.ZodObject | undefined;
  readonly query?: z.ZodObject | undefined;
  readonly headers?: z.ZodObject | undefined;
  readonly body?: Schema | undefined;
  /** Bodies by their media type, where `run` reads the request itself. */
  readonly contents?: Readonly<Record<string, Schema>>;
  /** What reads the request before. */
  readonly before?: readonly RequestHandler[];
  readonly answers: Readonly<Record<number, { description: string; schema?: Schema }>>;
  readonly handle: (request: Request, response: Response, follow: Follow) => Promise<void>;
}

/** Goes along with what a route does, before its answer is sent. */
export type Follow = (run: () => Promise<RouteAnswer>) => Promise<RouteAnswer>;

interface RouteDefinition<
  Params extends z.ZodObject | undefined,
  Query extends z.ZodObject | undefined,
  Body extends Schema | undefined,
> extends Omit<Route, 'handle' | 'params' | 'query' | 'body'> {
  params?: Params;
  query?: Query;
  body?: Body;
  readonly run: (input: RouteInput<Params, Query, Body>) => Promise<RouteAnswer>;
}

/** Defines a route that answers with JSON. */
export function route<
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends Schema | undefined = undefined,
>(definition: RouteDefinition<Params, Query, Body>): Route {
  const { run, ...rest } = definition;
  return {
    ...rest,
    async handle(request, response, follow) {
      const bearer = response.locals as Bearer;
      const { accountId, scope } = bearer;
      const { status, body, location } = await follow(async () => {
        if (definition.operator && scope !== 'operator') throw operatorRequired(definition);
        return run({
          params: parse<Params>(definition.params, request.params, 'path'),
          query: parse<Query>(definition.query, request.query, 'query'),
          body: parse<Body>(definition.body, request.body as unknown, 'body'),
          accountId,
          scope,
          request,
          bearer,
          response,
        });
      });
      if (location) response.location(location);
      if (body === undefined) response.status(status).end();
      else response.status(status).json(body);
    },
  };
}

/** Adds routes to an Express app, in their order. */
export function mountRoutes(app: Express, routes: readonly Route[], trail: AuditTrail): void {
  for (const route of routes) {
    const { method, path, before = [], handle } = route;
    app[method](path, ...before, (request: Request, response: Response) =>
      handle(request, response, (run) => trail.follow(route.action, request, response, run)),
    );
  }
}

const operatorRequired = ({ method, path }: { method: string; path: string }) =>
  new Problem(
    403,
    'OPERATOR_REQUIRED',
    `${method.toUpperCase()} ${path} is for operators, and this token is not one's: \`office token create --operator\` makes one`,
  );

function parse<S extends Schema | undefined>(schema: S | undefined, value: unknown, where: string): Output<S> {
  if (!schema) return undefined as Output<S>;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw Problem.invalid(where, parsed.error);
  return parsed.data as Output<S>;
}
