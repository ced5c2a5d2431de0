import type { UnitOfWork } from '@sorting-office/db';
import { z } from 'zod';

/** Mails, or other things, that a report names with the reason: how many there are, and the first of them. */
export const cases = z.object({
  total: z.int(),
  /** The first of them. */
  examples: z.array(z.object({ what: z.string(), reason: z.string() })),
});

export interface Case {
  what: string;
  reason: string;
}

const examplesShown = 50;

/** Counts cases and shows the first. */
export const summary = (all: readonly Case[]): z.infer<typeof cases> => ({
  total: all.length,
  examples: all.slice(0, examplesShown).map(({ what, reason }) => ({ what, reason })),
});

interface Child {
  id: string;
  name: string;
  state: string;
  payload: { refs?: unknown[]; actionIds?: unknown[] };
  result: { skipped?: { path: string; reason: string }[] } | null;
  error: { message: string } | null;
}

/** How the tasks of a batch have ended: what they have passed over, and those that did not succeed. One statement, by the batch's index. */
export async function endsOfBatch(db: UnitOfWork, batchId: string): Promise<{ skipped: Case[]; failed: Case[] }> {
  const children = await db.rows<Child>(
    `SELECT id, name, state, payload, result, error FROM tasks
     WHERE batch_id = ? AND (name = 'sort_batch' OR state <> 'succeeded') ORDER BY id`,
    [batchId],
  );
  const skipped = children.flatMap(
    ({ result }) => result?.skipped?.map(({ path, reason }) => ({ what: path, reason })) ?? [],
  );
  const failed = children
    .filter(({ state }) => state !== 'succeeded')
    .map(({ id, name, state, payload, error }) => ({
      what: `${(payload.refs ?? payload.actionIds ?? []).length} mails of task ${id} (${name})`,
      reason: error?.message ?? state,
    }));
  return { skipped, failed };
}
