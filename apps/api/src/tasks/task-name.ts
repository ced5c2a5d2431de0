import { z } from 'zod';

/** What a task can be named; no other text can be compared with the column of names. */
export const taskName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9_]+$/, 'is no name of a task: those are lower-case words joined by underscores');
