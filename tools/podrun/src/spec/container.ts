import { z } from 'zod';
import { execAction, probe } from './probe';
import { ignored, withoutEffect } from './without-effect';

const reference = z.strictObject({ name: z.string(), optional: z.boolean().default(false) });
const keyReference = z.strictObject({ name: z.string(), key: z.string(), optional: z.boolean().default(false) });

const valueFrom = z.strictObject({
  secretKeyRef: keyReference.optional(),
  configMapKeyRef: keyReference.optional(),
  fieldRef: z
    .strictObject({ apiVersion: z.literal('v1').optional(), fieldPath: z.enum(['status.podIP', 'metadata.name']) })
    .optional(),
});

const variable = z.strictObject({
  name: z.string().min(1),
  value: z.string().optional(),
  valueFrom: valueFrom.optional(),
});
export type Variable = z.infer<typeof variable>;

const source = z.strictObject({
  prefix: z.string().default(''),
  configMapRef: reference.optional(),
  secretRef: reference.optional(),
});

const lifecycle = z.strictObject({
  preStop: z
    .strictObject({ exec: execAction.optional(), sleep: z.strictObject({ seconds: z.int().min(0) }).optional() })
    .optional(),
});

const volumeMount = z.strictObject({
  name: z.string(),
  mountPath: z.string().startsWith('/'),
  subPath: z.string().optional(),
  readOnly: z.boolean().optional(),
});

/** A container as podrun runs it: `command` must be said, since there is no image that would know it. */
export const container = z.strictObject({
  ...ignored(withoutEffect.container),
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).min(1),
  args: z.array(z.string()).default([]),
  workingDir: z.string().optional(),
  ports: z
    .array(
      z.strictObject({
        name: z.string().optional(),
        containerPort: z.int(),
        protocol: z.literal('TCP').default('TCP'),
      }),
    )
    .default([]),
  env: z.array(variable).default([]),
  envFrom: z.array(source).default([]),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  lifecycle: lifecycle.optional(),
  volumeMounts: z.array(volumeMount).default([]),
});
export type Container = z.infer<typeof container>;
