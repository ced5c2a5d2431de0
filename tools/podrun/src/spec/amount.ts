import { z } from 'zod';

/** A number of pods, or a share of the replicas such as `25%`. */
export const amount = z.union([z.int().min(0), z.string().regex(/^\d+%$/, 'must be a number or a share such as 25%')]);
export type Amount = z.infer<typeof amount>;
