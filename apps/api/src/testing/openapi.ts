/** What a test needs of an OpenAPI document: its operations, with every reference followed. */
import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

export interface Operation {
  method: string;
  /** With `{names}` in it. */
  path: string;
  query: { name: string; schema: JsonSchema }[];
  headers: { name: string; schema: JsonSchema }[];
  /** Of a JSON body. */
  body: JsonSchema | null;
  /** What each documented status answers with; null where no body is described. */
  answers: Map<number, z.ZodType | null>;
}

interface Content {
  content?: Record<string, { schema?: JsonSchema }>;
}
interface DocumentedOperation {
  parameters?: { in: string; name: string; schema: JsonSchema }[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

export function operationsOf(document: Record<string, unknown>): Operation[] {
  const { paths } = inlined(document, document) as { paths: Record<string, Record<string, DocumentedOperation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one) => one.in === 'query'),
      headers: parameters.filter((one) => one.in === 'header'),
      body: schemaOf(requestBody),
      answers: new Map(
        Object.entries(responses).map(([status, response]) => {
          const schema = schemaOf(response);
          return [Number(status), schema && z.fromJSONSchema(schema)];
        }),
      ),
    })),
  );
}

const schemaOf = (described: Content | undefined): JsonSchema | null =>
  Object.values(described?.content ?? {})[0]?.schema ?? null;

/** Puts in the place of every reference what it refers to. None of ours goes in a circle. */
function inlined(value: unknown, document: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => inlined(item, document));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref } = value as { $ref?: unknown };
  if (typeof $ref === 'string') {
    const target = $ref
      .split('/')
      .slice(1)
      .reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], document);
    return inlined(target, document);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inlined(item, document)]));
}
