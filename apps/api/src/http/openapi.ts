import { createDocument, type oas31, type ZodOpenApiOperationObject } from 'zod-openapi';
import { z } from 'zod';
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
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
    paths,
  });
}

function operation({
  summary,
  tag,
  operator,
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
      '401': { description: 'The token is missing or not valid', ...problem },
      ...(operator && { '403': { description: "The token is not an operator's", ...problem } }),
      '503': { description: 'The database cannot be used at the moment', ...problem },
    },
  };
}

/** Parameters that several routes share. */
export const idParams = z.object({ id: z.uuid() });
