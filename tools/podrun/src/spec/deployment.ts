import { z } from 'zod';
import { amount } from './amount';
import { podTemplate } from './pod';
import { ignored, withoutEffect } from './without-effect';

/** What a Deployment says, with the defaults of Kubernetes. `replicas` may be an autoscaler's business. */
export const deployment = z
  .strictObject({
    ...ignored(withoutEffect.deployment),
    replicas: z.int().min(0).optional(),
    selector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
    minReadySeconds: z.int().min(0).default(0),
    strategy: z
      .strictObject({
        type: z.literal('RollingUpdate').default('RollingUpdate'),
        rollingUpdate: z
          .strictObject({ maxSurge: amount.default('25%'), maxUnavailable: amount.default('25%') })
          .prefault({}),
      })
      .prefault({}),
    template: podTemplate,
  })
  .refine(({ selector, template }) => selects(selector.matchLabels, template.metadata.labels), {
    message: 'must select the pods that its template makes',
    path: ['selector'],
  });
export type Deployment = z.infer<typeof deployment>;

/** Whether a selector's labels are all among a pod's. */
export function selects(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}
