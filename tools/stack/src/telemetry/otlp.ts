import { z } from 'zod';

const attributes = z
  .array(
    z.object({
      key: z.string(),
      value: z.object({
        stringValue: z.string().optional(),
        intValue: z.union([z.number(), z.string()]).optional(),
        doubleValue: z.number().optional(),
        boolValue: z.boolean().optional(),
      }),
    }),
  )
  .default([])
  .transform((list) =>
    Object.fromEntries(
      list.map(({ key, value: { stringValue, intValue, doubleValue, boolValue } }) => [
        key,
        String(stringValue ?? intValue ?? doubleValue ?? boolValue ?? ''),
      ]),
    ),
  );

const nanoseconds = z.union([z.string(), z.number()]).transform(BigInt);

const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z
    .string()
    .optional()
    .transform((id) => (id === '' ? undefined : id)),
  name: z.string(),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
  status: z.object({ code: z.number().optional() }).default({}),
});

const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  ms: number;
  attributes: Record<string, string>;
  links: readonly { traceId: string; spanId: string }[];
  failed: boolean;
}

const errorStatus = 2;

/**
 * The spans in the body of an OTLP request, as JSON.
 *
 * @throws SyntaxError, ZodError when it is none.
 */
export function readSpans(body: string): ReceivedSpan[] {
  return exported.parse(JSON.parse(body)).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ startTimeUnixNano: start, endTimeUnixNano: end, status, ...one }) => ({
        ...one,
        service: resource.attributes['service.name'] ?? 'unknown',
        startedAt: Number(start / 1000n) / 1000,
        ms: Number(end - start) / 1e6,
        failed: status.code === errorStatus,
      })),
    ),
  );
}
