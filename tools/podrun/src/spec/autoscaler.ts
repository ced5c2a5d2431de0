import { z } from 'zod';

/** What counts of a HorizontalPodAutoscaler here: nothing measures load, so that there are as many pods as it wants at least. */
export const autoscaler = z.looseObject({
  scaleTargetRef: z.looseObject({ kind: z.literal('Deployment'), name: z.string() }),
  minReplicas: z.int().min(1).default(1),
});
