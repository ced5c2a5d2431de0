// What classification decides about a mail, and why, in words its owner understands.
import { z } from 'zod';
import { categorySchema } from '../category';

export const reasonSchema = z.strictObject({
  /** The stable name of the rule, for programs. */
  signal: z.string().min(1).max(100),
  /** Names the evidence: a header, a phrase, a sender. */
  text: z.string().min(1).max(500),
});
export type Reason = z.infer<typeof reasonSchema>;

export const verdictSchema = z.strictObject({
  category: categorySchema,
  /** From 0 to 1; for `review` that of the best guess. */
  confidence: z.number().min(0).max(1),
  /** The most important first. */
  reasons: z.array(reasonSchema).min(1).max(20),
  /** Never file this mail away, whatever its category: a one-time code or a bill. */
  keep: z.boolean(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** What is known about the owner of the mailbox; addresses in lower case. */
export interface Knowledge {
  readonly ownerAddresses: ReadonlySet<string>;
  /** Addresses the owner has written to. */
  readonly correspondents: ReadonlySet<string>;
}
