import { z } from 'zod';
import { portReference } from './probe';

/** What a Service says; headless ones and ports of nodes are not for podrun. */
export const service = z.strictObject({
  type: z.literal('ClusterIP').default('ClusterIP'),
  selector: z.record(z.string(), z.string()),
  ports: z
    .array(
      z
        .strictObject({
          name: z.string().optional(),
          protocol: z.literal('TCP').default('TCP'),
          appProtocol: z.string().optional(),
          port: z.int(),
          targetPort: portReference.optional(),
        })
        .transform((each) => ({ ...each, targetPort: each.targetPort ?? each.port })),
    )
    .min(1),
});
export type Service = z.infer<typeof service>;
