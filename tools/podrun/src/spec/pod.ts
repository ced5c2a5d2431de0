import { z } from 'zod';
import { container } from './container';
import { ignored, withoutEffect } from './without-effect';

const volume = z.strictObject({
  name: z.string(),
  emptyDir: z.strictObject({ sizeLimit: z.string().optional(), medium: z.string().optional() }).optional(),
  configMap: z.strictObject({ name: z.string(), optional: z.boolean().default(false) }).optional(),
  secret: z.strictObject({ secretName: z.string(), optional: z.boolean().default(false) }).optional(),
  persistentVolumeClaim: z.strictObject({ claimName: z.string() }).optional(),
});
export type Volume = z.infer<typeof volume>;

export const podSpec = z.strictObject({
  ...ignored(withoutEffect.pod),
  initContainers: z.array(container).default([]),
  containers: z.array(container).min(1),
  volumes: z.array(volume).default([]),
  restartPolicy: z.literal('Always').default('Always'),
  terminationGracePeriodSeconds: z.int().min(0).default(30),
});
export type PodSpec = z.infer<typeof podSpec>;

/** What a Deployment makes pods from. */
export const podTemplate = z.strictObject({
  metadata: z.strictObject({
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: podSpec,
});
export type PodTemplate = z.infer<typeof podTemplate>;
