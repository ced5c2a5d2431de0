import { z } from 'zod';

/** A port by its number, or by the name that the container gives it. */
export const portReference = z.union([z.int().min(1).max(65_535), z.string().min(1)]);
export type PortReference = z.infer<typeof portReference>;

const httpGet = z.strictObject({
  path: z.string().default('/'),
  port: portReference,
  scheme: z.literal('HTTP').default('HTTP'),
  httpHeaders: z.array(z.strictObject({ name: z.string(), value: z.string() })).default([]),
});
export const execAction = z.strictObject({ command: z.array(z.string()).min(1) });

/** What is asked, how often, and how many answers count; seconds, with the defaults of Kubernetes. */
export const probe = z
  .strictObject({
    httpGet: httpGet.optional(),
    exec: execAction.optional(),
    initialDelaySeconds: z.int().min(0).default(0),
    periodSeconds: z.int().min(1).default(10),
    timeoutSeconds: z.int().min(1).default(1),
    successThreshold: z.int().min(1).default(1),
    failureThreshold: z.int().min(1).default(3),
  })
  .refine(({ httpGet, exec }) => (httpGet === undefined) !== (exec === undefined), {
    message: 'wants either httpGet or exec',
  });
export type Probe = z.infer<typeof probe>;
