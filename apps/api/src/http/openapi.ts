import { createDocument, type oas31, type ZodOpenApiOperationObject } from 'zod-openapi';
import { z } from 'zod';
import { sessionCookie } from '../access/cookie';
import { problemSchema } from './problem';
import type { Route } from './route';

/** The OpenAPI document of the routes, made from the schemas that validate them. */
export function openApiDocument(routes: readonly Route[], version: string): oas31.OpenAPIObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Sorting Office',
      version,
      description: 'Keeps a mailbox sorted in the background, and finds what is in it.',
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description: 'Of POST /api/session; what changes something needs X-CSRF-Token too',
        },
      },
    },
    security: [{ token: [] }, { session: [] }],
    paths,
  });
}

function operation({
  summary,
  tag,
  operator,
  open,
  params,
  query,
  headers,
  body,
  contents,
  answers,
}: Route): ZodOpenApiOperationObject {
  const problem = { content: { 'application/problem+json': { schema: problemSchema } } };
  return {
    summary,
    tags: [tag],
    ...(open && { security: [] }),
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(headers && { header: headers }) },
    ...(body && {
      requestBody: { required: !body.safeParse(undefined).success, content: { 'application/json': { schema: body } } },
    }),
    ...(contents && {
      requestBody: {
        required: true,
        content: Object.fromEntries(Object.entries(contents).map(([type, schema]) => [type, { schema }])),
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, schema }]) => [
          status,
          Number(status) >= 400
            ? { description, ...problem }
            : { description, ...(schema && { content: { 'application/json': { schema } } }) },
        ]),
      ),
      '401': { description: 'The token or the session is missing or not valid', ...problem },
      '403': {
        description: operator
          ? "The token is not an operator's, or the request is not from the session's own page"
          : "The request is not from the session's own page, or not for who asks",
        ...problem,
      },
      '429': { description: 'Too many requests: wait as Retry-After says', ...problem },
      '503': { description: 'The database cannot be used at the moment', ...problem },
    },
  };
}

/** Parameters that several routes share. */
export const idParams = z.object({ id: z.uuid() });
