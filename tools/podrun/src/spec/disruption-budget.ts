import { z } from 'zod';

/** How many healthy pods an eviction has to leave. */
export const disruptionBudget = z.strictObject({
  minAvailable: z.int().min(0),
  selector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
  unhealthyPodEvictionPolicy: z.enum(['IfHealthyBudget', 'AlwaysAllow']).default('IfHealthyBudget'),
});
export type DisruptionBudget = z.infer<typeof disruptionBudget>;
